package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews.Overview;

/**
 * How the network is, in sentences. In the past tense where it cannot be told as what is now: when the newest check of all is
 * too old, or when the database does not answer.
 *
 * @param stale from when the overview is, if PostgreSQL is away; else null
 */
record NetworkStory(Overview overview, @Nullable Instant stale, Instant now) {
    /** Four cadences as they are by default: some relay of many is checked every second. */
    private static final Duration CURRENT = Duration.ofHours(1);

    /** Whether it can be told as what is now. */
    boolean isCurrent() {
        return stale == null && isFresh();
    }

    private boolean isFresh() {
        Instant last = overview.lastCheckedAt();
        return last == null || !last.plus(CURRENT).isBefore(now);
    }

    boolean isMeasured() {
        return count(RelayState.UNKNOWN) < total();
    }

    String title() {
        return isCurrent() ? "The network now" : "The network as last known";
    }

    String verdict() {
        int total = total();
        int online = count(RelayState.ONLINE);
        if (total == 0) {
            return "No relay is known yet.";
        }
        if (count(RelayState.UNKNOWN) == total) {
            return "Nothing is measured yet.";
        }
        return Numbers.count(online) + " of " + Numbers.plural(total, "relay", "relays") + " " + be(online) + " online"
                + when() + ".";
    }

    private String when() {
        if (!isFresh()) {
            return " when last checked";
        }
        return stale == null ? "" : " at " + time(stale);
    }

    String lede() {
        int unknown = count(RelayState.UNKNOWN);
        if (total() == 0) {
            return "Relays come from the configuration, or from the command “import”.";
        }
        if (unknown == total()) {
            return Numbers.plural(unknown, "relay waits", "relays wait") + " for the first check.";
        }
        List<String> parts = Stream.of(
                        part(count(RelayState.DEGRADED), "degraded"),
                        part(count(RelayState.OFFLINE), "offline"),
                        part(unknown, "not checked"))
                .filter(text -> !text.isEmpty())
                .toList();
        String rest = parts.isEmpty() ? "None " + be(1) + " degraded or offline." : listed(parts) + ".";
        Instant last = overview.lastCheckedAt();
        return last == null ? rest : checked(last, rest);
    }

    private String checked(Instant last, String rest) {
        if (stale != null) {
            return rest + " The last check that is known was made at " + time(last) + ".";
        }
        return isFresh()
                ? rest + " The last check was made at " + time(last) + "."
                : "Nothing has been checked since " + time(last) + ", " + Numbers.span(Duration.between(last, now))
                        + " ago. " + rest;
    }

    /** How many that were up are down. */
    String down(Ongoing incidents) {
        int lately = incidents.down();
        int longer = incidents.downLonger();
        if (!isCurrent()) {
            int down = lately + longer;
            return (down == 0 ? "No relay" : Numbers.plural(down, "relay", "relays")) + hadBeen(down, "up") + " down.";
        }
        if (lately == 0) {
            return longer == 0
                    ? "No relay that was up is down now."
                    : Numbers.plural(longer, "relay has", "relays have") + " been down for longer than 24 hours.";
        }
        return Numbers.plural(lately, "relay", "relays") + " went down in the last 24 hours and still "
                + (lately == 1 ? "is" : "are")
                + (longer == 0 ? "." : "; " + Numbers.plural(longer, "has", "have") + " been down for longer.");
    }

    /** How many are degraded, and how many came back; empty if none is or did. */
    String besides(Ongoing incidents) {
        int degraded = incidents.degraded();
        List<String> sentences = new ArrayList<>();
        if (degraded > 0) {
            sentences.add(
                    isCurrent()
                            ? Numbers.plural(degraded, "that was online is", "that were online are") + " degraded."
                            : Numbers.count(degraded) + hadBeen(degraded, "online") + " degraded.");
        }
        if (incidents.back() > 0 && isCurrent()) {
            sentences.add(Numbers.count(incidents.back()) + " came back in the last 24 hours.");
        }
        return String.join(" ", sentences);
    }

    private static String hadBeen(int n, String state) {
        return " that had been " + state + (n > 1 ? " were" : " was");
    }

    /** How many were never up; empty if none. */
    static String never(Ongoing incidents) {
        int never = incidents.offlineFirst();
        return never == 0
                ? ""
                : Numbers.plural(never, "relay has been offline since its", "relays have been offline since their")
                        + " first check.";
    }

    private String time(Instant at) {
        return When.of(at, now).inSentence().text();
    }

    private String be(int n) {
        if (isCurrent()) {
            return n == 1 ? "is" : "are";
        }
        return n == 1 ? "was" : "were";
    }

    private String part(int n, String state) {
        return n == 0 ? "" : Numbers.count(n) + " " + be(n) + " " + state;
    }

    /** "a", "a and b", "a, b and c". */
    private static String listed(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    private int count(RelayState state) {
        return overview.states().getOrDefault(state, 0);
    }

    int total() {
        return total(overview.states());
    }

    static int total(Map<RelayState, Integer> states) {
        return states.values().stream().mapToInt(Integer::intValue).sum();
    }
}
