package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Item;

/** What a comparison found, in a sentence: which relay was the fastest most of the time. Only what was measured of all counts. */
final class CompareVerdict {
    private CompareVerdict() {}

    static String of(List<Compared> relays, Comparison asked) {
        if (relays.isEmpty()) {
            return "Which relays are to be compared?";
        }
        if (relays.size() == 1) {
            return "One relay is chosen. It takes two to compare.";
        }
        List<List<@Nullable Double>> measured = ComparePlot.medians(relays, asked.phase()).values().stream()
                .filter(row -> row.stream().noneMatch(Objects::isNull))
                .toList();
        String open = LatencyPlot.label(asked.phase());
        String all = relays.size() == 2 ? "both" : "all " + relays.size();
        if (measured.isEmpty()) {
            return "In no " + ComparePlot.each(asked.range()) + " of the " + span(asked.range()) + " was the time to "
                    + open + " measured of " + all + ".";
        }
        int[] fastest = fastest(measured, relays.size());
        int best = largest(fastest);
        String hours = Numbers.plural(measured.size(), ComparePlot.each(asked.range()), ComparePlot.many(asked.range()))
                + " in which " + all + " were measured.";
        if (best < 0) {
            return "None was the fastest to " + open + " more often than the others, in " + hours;
        }
        return Address.of(relays.get(best).detail().item().url()).shown() + " was the fastest to " + open + " in "
                + Numbers.count(fastest[best]) + " of " + hours;
    }

    private static String span(Range range) {
        return switch (range) {
            case DAY -> "last 24 hours";
            case WEEK -> "last 7 days";
            case MONTH -> "last 30 days";
            case QUARTER -> "last 90 days";
            case YEAR -> "last year";
        };
    }

    /** How often each was faster than all others. */
    private static int[] fastest(List<List<@Nullable Double>> rows, int relays) {
        int[] times = new int[relays];
        for (List<@Nullable Double> row : rows) {
            int first = -1;
            double least = Double.MAX_VALUE;
            for (int i = 0; i < relays; i++) {
                double value = Objects.requireNonNull(row.get(i));
                first = value < least ? i : value == least ? -1 : first;
                least = Math.min(least, value);
            }
            if (first >= 0) {
                times[first]++;
            }
        }
        return times;
    }

    /** Where the largest number is, or -1 if it stands at two places. */
    private static int largest(int[] numbers) {
        int at = -1;
        int most = 0;
        for (int i = 0; i < numbers.length; i++) {
            at = numbers[i] > most ? i : numbers[i] == most ? -1 : at;
            most = Math.max(most, numbers[i]);
        }
        return at;
    }

    /** How they are now; those that were checked too long ago, how they were. */
    static String lede(List<Compared> relays, Instant now) {
        if (relays.isEmpty()) {
            return "Two to five: look for them here, or choose them in the list of relays.";
        }
        List<String> others = new ArrayList<>();
        boolean past = true;
        for (int i = 0; i < relays.size(); i++) {
            Item item = relays.get(i).detail().item();
            boolean current = item.isCurrent(now);
            past &= !current && item.state() == RelayState.ONLINE;
            if (!current || item.state() != RelayState.ONLINE) {
                others.add(ComparePage.letter(i)
                        + (current ? " is " : " was ")
                        + word(item.state())
                        + (current ? "" : " when last checked"));
            }
        }
        if (others.isEmpty()) {
            return all(relays.size(), "is", "are") + " online.";
        }
        if (past) {
            return all(relays.size(), "was", "were") + " online when last checked.";
        }
        return String.join(", ", others) + (others.size() < relays.size() ? "; the rest is online." : ".");
    }

    private static String all(int relays, String one, String many) {
        return relays == 1 ? "It " + one : (relays == 2 ? "Both " : "All ") + many;
    }

    private static String word(RelayState state) {
        return state == RelayState.UNKNOWN ? "not checked" : state.label();
    }
}
