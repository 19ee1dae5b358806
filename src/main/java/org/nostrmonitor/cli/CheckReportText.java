package org.nostrmonitor.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** One probe's whole story for a terminal: the verdict, then each phase with its time and what we saw. */
final class CheckReportText {
    /** An OK needs 80 before it comes to what it has to say. */
    private static final int SEEN = 160;

    private static final String NOT_MEASURED = "–";

    private final CheckReport report;
    private final List<String> lines = new ArrayList<>();

    private CheckReportText(CheckReport report) {
        this.report = report;
    }

    /** Several lines, the last one empty. What strangers wrote in it is cut and has no control characters. */
    static String of(CheckReport report) {
        CheckReportText text = new CheckReportText(report);
        text.lines.add(report.relay().value());
        text.lines.add(text.verdict());
        text.lines.add("");
        Stream.of(Stage.values()).forEach(text::row);
        text.lateness();
        text.lines.addAll(BehaviourText.of(report, text.describe()));
        text.lines.addAll(NetworkText.of(report));
        text.lines.add("");
        return String.join(System.lineSeparator(), text.lines);
    }

    private String verdict() {
        Outcome decisive = report.decisive();
        String why = Explanation.of(decisive);
        return switch (report.state()) {
            case UNKNOWN -> "Not checked: " + why + bounded(": ", decisive.evidence()) + ".";
            case OFFLINE -> "Offline: " + why + ".";
            default -> "Online" + (report.read().tested() ? ": " + why : "") + rtts() + ".";
        };
    }

    private String rtts() {
        String rtts = Stream.of(
                        rtt("opens", report.rttOpen()),
                        rtt("reads", report.rttRead()),
                        rtt("writes", report.rttWrite()))
                .filter(rtt -> !rtt.isEmpty())
                .collect(Collectors.joining(", "));
        return rtts.isEmpty() ? "" : "; " + rtts;
    }

    private static String rtt(String verb, @Nullable Duration took) {
        return took == null ? "" : verb + " in " + millis(took);
    }

    private static String bounded(String before, String written) {
        return written.isEmpty() ? "" : before + Printable.of(written, SEEN);
    }

    private void lateness() {
        String withheld = Stream.of(Stage.values())
                .filter(stage -> report.phases().of(stage) != null && report.took(stage) == null)
                .map(Stage::label)
                .collect(Collectors.joining(", "));
        if (!withheld.isEmpty()) {
            lines.add("  Our own event loop was " + millis(report.loopLag()) + " late: do not believe the times of "
                    + withheld + ".");
        }
    }

    private void row(Stage stage) {
        String time = millis(report.phases().of(stage));
        line(String.format(Locale.ROOT, "  %-8s %12s   %s", stage.label(), time, seen(stage)));
    }

    private static String millis(@Nullable Duration took) {
        return took == null ? NOT_MEASURED : String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
    }

    private String seen(Stage stage) {
        return switch (stage) {
            case DNS, TLS -> failedAt(stage) ? seen(report.open()) : "";
            case TCP -> address() + (failedAt(stage) ? seen(report.open()) : "");
            case UPGRADE -> report.open().passed() || failedAt(stage) ? seen(report.open()) : "";
            case READ -> seen(report.read());
            case WRITE -> seen(report.write());
            case NIP11 -> seen(report.nip11());
        };
    }

    private boolean failedAt(Stage stage) {
        return report.open() instanceof Outcome.Failed failed && failed.stage() == stage;
    }

    private String address() {
        String address = report.address();
        return address == null ? "" : address + "  ";
    }

    private static String seen(Outcome outcome) {
        Reason reason = outcome.reason();
        String result = switch (Result.of(outcome)) {
            case PASSED -> "passed";
            case REFUSED -> "refused";
            case FAILED -> "failed";
            case NOT_TESTED -> "not tested";
        };
        return result + (reason == null ? "" : ": " + Explanation.of(outcome)) + bounded("  ", outcome.evidence());
    }

    private enum Result {
        PASSED,
        REFUSED,
        FAILED,
        NOT_TESTED;

        static Result of(Outcome outcome) {
            if (outcome.passed()) {
                return PASSED;
            }
            if (outcome.failed()) {
                return FAILED;
            }
            return outcome.answered() ? REFUSED : NOT_TESTED;
        }
    }

    /** Gives the document if it can be read, else null. */
    private @Nullable Nip11 describe() {
        String document = report.document();
        if (document == null) {
            return null;
        }
        try {
            Nip11 nip11 = Nip11.parse(document);
            lines.add("");
            detail("name", nip11.name());
            detail("software", nip11.software());
            detail("version", nip11.version());
            String nips = nip11.supportedNips().stream().map(String::valueOf).collect(Collectors.joining(", "));
            detail("NIPs", nips.isEmpty() ? null : nips);
            return nip11;
        } catch (ProtocolException e) {
            detail("NIP-11", "not understood: " + e.getMessage());
            return null;
        }
    }

    private void detail(String label, @Nullable String value) {
        if (value != null) {
            line(String.format(Locale.ROOT, "  %-8s %s", label, Printable.of(value, SEEN)));
        }
    }

    private void line(String text) {
        lines.add(text.stripTrailing());
    }
}
