package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.TimePlot.Curve;
import org.nostrmonitor.http.view.TimePlot.Sample;
import org.nostrmonitor.http.view.TimePlot.Sketch;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;

/** The medians of several relays over the same span. */
final class ComparePlot {
    private ComparePlot() {}

    /** @return null if nothing was measured of any */
    static @Nullable TimePlot of(List<Compared> relays, Comparison asked, Instant now) {
        if (relays.isEmpty()) {
            return null;
        }
        Range range = asked.range();
        Duration step = range.resolution().length();
        String each = each(range);
        List<Curve> curves = new ArrayList<>();
        for (Compared relay : relays) {
            String name = relay.detail().item().url().host();
            curves.add(new Curve(ComparePage.letter(curves.size()) + " " + name, ComparePage.css(curves.size())));
        }
        Sketch sketch = new Sketch(
                "The median of each " + each + ". Nothing is drawn where nothing was measured.",
                "Medians by " + each + ", each true to 2.7 %",
                TimePlot.Unit.MILLIS,
                range.from(now),
                now,
                step,
                step,
                curves,
                null,
                "From",
                List.of());
        return TimePlot.of(sketch, samples(relays, asked.phase()), now);
    }

    static String each(Range range) {
        return switch (range.resolution()) {
            case HOUR -> "hour";
            case SIX_HOURS -> "quarter of a day";
            case DAY -> "day";
        };
    }

    /** More than one of them. */
    static String many(Range range) {
        return switch (range.resolution()) {
            case HOUR -> "hours";
            case SIX_HOURS -> "quarters of a day";
            case DAY -> "days";
        };
    }

    private static List<Sample> samples(List<Compared> relays, Phase phase) {
        return medians(relays, phase).entrySet().stream()
                .map(entry -> new Sample(entry.getKey(), entry.getValue(), 0, List.of()))
                .toList();
    }

    /** Of every hour or day of which anything is stored, the median of each relay in milliseconds, or null. */
    static Map<Instant, List<@Nullable Double>> medians(List<Compared> relays, Phase phase) {
        Map<Instant, List<@Nullable Double>> medians = new TreeMap<>();
        for (int i = 0; i < relays.size(); i++) {
            for (Point point : relays.get(i).points()) {
                Times times = point.times().get(phase);
                List<@Nullable Double> row = medians.computeIfAbsent(point.from(), from -> nulls(relays.size()));
                row.set(i, times == null ? null : (Double) (times.p50().toNanos() / 1e6));
            }
        }
        return medians;
    }

    private static List<@Nullable Double> nulls(int size) {
        List<@Nullable Double> row = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            row.add(null);
        }
        return row;
    }
}
