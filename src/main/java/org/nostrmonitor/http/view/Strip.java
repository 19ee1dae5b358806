package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.relay.RelayState;

/**
 * The last day as 96 quarter hours, run-length encoded: one SVG path for each state that occurs. Quiet when well; the
 * taller, the worse.
 *
 * @param label the same in words, for those who hear the page
 */
public record Strip(List<Path> paths, String label) {
    static final int SLOTS = 96;
    private static final int SECONDS_PER_SLOT = 900;
    private static final int MOST_SPANS_NAMED = 3;

    public Strip {
        paths = List.copyOf(paths);
    }

    /** The four marks by themselves, each a piece of strip with its word. */
    public static final Legend LEGEND = new Legend(List.of(
            new Mark(new Path("on", "M0 14h7"), "well"),
            new Mark(new Path("deg", "M0 11h7"), "degraded"),
            new Mark(new Path("off", "M0 8h7"), "offline"),
            new Mark(new Path("unk", "M0 15.5h7"), "not checked")));

    public record Legend(List<Mark> marks) {
        public Legend {
            marks = List.copyOf(marks);
        }
    }

    public record Mark(Path path, String word) {}

    /** @param css the state; {@code d} one {@code M{slot} {y}h{length}} for each run */
    public record Path(String css, String d) {}

    private record Run(RelayState state, int from, int length) {}

    /**
     * @param codes 96 characters, oldest first, each the code of a state; empty if that cannot be told
     * @param now the last slot is the quarter hour that this is in
     */
    public static Strip of(String codes, Instant now) {
        if (codes.isEmpty()) {
            return new Strip(List.of(), "What the last day was like cannot be told now");
        }
        List<Run> runs = runs(codes);
        List<Path> paths = new ArrayList<>();
        paths.addAll(path(runs, RelayState.ONLINE, "on", "14"));
        paths.addAll(path(runs, RelayState.DEGRADED, "deg", "11"));
        paths.addAll(path(runs, RelayState.OFFLINE, "off", "8"));
        paths.addAll(path(runs, RelayState.UNKNOWN, "unk", "15.5"));
        return new Strip(paths, label(runs, end(now)));
    }

    /** The end of the quarter hour that is running: where the last slot ends. */
    static Instant end(Instant now) {
        long begun = Math.floorDiv(now.getEpochSecond(), SECONDS_PER_SLOT);
        return Instant.ofEpochSecond((begun + 1) * SECONDS_PER_SLOT);
    }

    static Instant slot(Instant end, int slot) {
        return end.minus((long) (SLOTS - slot) * SECONDS_PER_SLOT, ChronoUnit.SECONDS);
    }

    private static List<Run> runs(String codes) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= codes.length(); i++) {
            if (i == codes.length() || codes.charAt(i) != codes.charAt(from)) {
                runs.add(new Run(RelayState.ofCode(codes.charAt(from) - '0'), from, i - from));
                from = i;
            }
        }
        return runs;
    }

    private static List<Path> path(List<Run> runs, RelayState state, String css, String y) {
        StringBuilder d = new StringBuilder();
        runs.stream()
                .filter(run -> run.state == state)
                .forEach(run -> d.append('M')
                        .append(run.from)
                        .append(' ')
                        .append(y)
                        .append('h')
                        .append(run.length));
        return d.length() == 0 ? List.of() : List.of(new Path(css, d.toString()));
    }

    private static String label(List<Run> runs, Instant end) {
        int unknown = slots(runs, RelayState.UNKNOWN);
        if (unknown == SLOTS) {
            return "Not checked in the last day";
        }
        int up = slots(runs, RelayState.ONLINE) + slots(runs, RelayState.DEGRADED);
        StringBuilder text = new StringBuilder("Answered " + up + " of " + (SLOTS - unknown));
        List<Run> down =
                runs.stream().filter(run -> run.state == RelayState.OFFLINE).toList();
        if (down.size() > MOST_SPANS_NAMED) {
            text.append("; offline ").append(down.size()).append(" times");
        } else {
            down.forEach(run -> text.append("; offline ").append(span(run, end)));
        }
        int degraded = slots(runs, RelayState.DEGRADED);
        text.append(degraded == 0 ? "" : "; degraded in " + degraded);
        return text.append(unknown == 0 ? "" : "; not checked in " + unknown).toString();
    }

    private static int slots(List<Run> runs, RelayState state) {
        return runs.stream()
                .filter(run -> run.state == state)
                .mapToInt(Run::length)
                .sum();
    }

    private static String span(Run run, Instant end) {
        int to = run.from + run.length;
        return When.minute(slot(end, run.from)) + " to " + (to == SLOTS ? "now" : When.minute(slot(end, to)));
    }
}
