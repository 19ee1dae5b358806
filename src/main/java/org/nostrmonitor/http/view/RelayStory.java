package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Seen;

/**
 * A relay's state in a sentence, and what that rests on in a few more. Claims no more than was measured: in the past tense, and
 * with its age, what was found too long ago to be told as what is now.
 */
final class RelayStory {
    private RelayStory() {}

    /** @param seen what the page shows as evidence, or null if no region has checked it */
    static Sentence verdict(Detail detail, @Nullable Seen seen, Instant now) {
        Item item = detail.item();
        String clause = seen == null
                ? Clause.of(item.stage(), item.reason())
                : Clause.of(item.stage(), item.reason(), seen.report(), now);
        String end = clause == null ? "." : ": " + clause + ".";
        Instant checkedAt = item.checkedAt();
        if (checkedAt != null && !item.isCurrent(now)) {
            return new Sentence(
                    "Was " + item.state().label() + " when last checked, at ",
                    When.of(checkedAt, now).inSentence(),
                    ", " + Numbers.span(Duration.between(checkedAt, now)) + " ago" + end + " Not checked since"
                            + notSince(checkedAt, seen) + ".");
        }
        When since = When.of(item.since(), now).inSentence();
        return switch (item.state()) {
            case ONLINE -> new Sentence("Online since ", since, ".");
            case DEGRADED -> new Sentence("Degraded since ", since, end);
            case OFFLINE -> new Sentence("Offline since ", since, end);
            case UNKNOWN -> Sentence.of(unknown(seen));
        };
    }

    /** Why the checks that came after it found nothing out, if that is known. */
    private static String notSince(Instant checkedAt, @Nullable Seen seen) {
        return seen == null
                        || seen.report().open().tested()
                        || !seen.report().checkedAt().isAfter(checkedAt)
                ? ""
                : ": " + Explanation.of(seen.report().open());
    }

    private static String unknown(@Nullable Seen seen) {
        if (seen == null) {
            return "Not checked yet.";
        }
        Outcome open = seen.report().open();
        return open.tested() ? "Not known." : "Not checked: " + Explanation.of(open) + ".";
    }

    static String lede(Detail detail, @Nullable Seen seen, Instant now) {
        if (detail.optedOutAt() != null) {
            return "Its operator does not want it to be watched, so it is not checked, and nothing is published about it.";
        }
        if (seen == null) {
            return detail.enabled() ? "The first check is still to come." : "It is not checked any more.";
        }
        boolean current = detail.item().isCurrent(now);
        List<String> sentences = new ArrayList<>();
        sentences.add(reached(seen.report(), current));
        sentences.addAll(agreement(detail, current));
        if (!detail.enabled()) {
            sentences.add("It is not checked any more.");
        }
        return String.join(" ", sentences);
    }

    private static String reached(CheckReport report, boolean current) {
        if (report.open() instanceof Outcome.Failed failed) {
            return stopped(failed.stage(), current);
        }
        if (!report.open().tested()) {
            return "Nothing was found out about it.";
        }
        if (report.read().failed()) {
            return current
                    ? "A WebSocket opens, but what comes after it is not what a relay answers."
                    : "A WebSocket opened, but what came after it was not what a relay answers.";
        }
        return works(report, current);
    }

    private static String stopped(Stage stage, boolean current) {
        String host = current ? "The host accepts connections, but " : "The host accepted connections, but ";
        return switch (stage) {
            case DNS ->
                "Without an address there " + (current ? "is" : "was")
                        + " nothing to connect to, so nothing else could be tried.";
            case TCP -> "No connection was made, so nothing after it could be tried.";
            case TLS -> host + "nothing after TLS could be tried.";
            case UPGRADE -> host + "opened no WebSocket to ask anything through.";
            case READ, WRITE, NIP11 -> "It opened, but could not be used.";
        };
    }

    private static String works(CheckReport report, boolean current) {
        StringBuilder text = new StringBuilder("From " + report.region() + (current ? " it opens" : " it opened"));
        Duration open = report.rttOpen();
        Duration read = report.rttRead();
        text.append(open == null ? "" : " in " + Numbers.ms(open) + " ms");
        if (report.read().answered()) {
            String answered = current ? " and answers a REQ" : " and answered a REQ";
            String refused = current ? " and refuses a REQ" : " and refused a REQ";
            text.append(report.read().passed() ? answered : refused);
            text.append(read == null ? "" : " in " + Numbers.ms(read) + " ms");
        }
        return text.append(".").append(write(report.write())).toString();
    }

    private static String write(Outcome write) {
        if (write.passed()) {
            return " It accepted our event.";
        }
        if (!write.tested()) {
            return " Writing was not tested this time.";
        }
        return write.failed() ? " It did not take our event." : " It refused our event.";
    }

    private static List<String> agreement(Detail detail, boolean current) {
        int regions = detail.regions().size();
        if (regions < 2) {
            return List.of();
        }
        RelayState state = detail.item().state();
        long same = detail.regions().stream()
                .filter(r -> r.state().isUp() == state.isUp())
                .count();
        if (same == regions) {
            return List.of((regions == 2 ? "Both" : "All " + regions) + " regions " + (current ? "see" : "saw")
                    + " the same.");
        }
        long up = detail.regions().stream().filter(r -> r.state().isUp()).count();
        return List.of(up + " of " + regions + " regions " + (current ? "can" : "could") + " use it.");
    }
}
