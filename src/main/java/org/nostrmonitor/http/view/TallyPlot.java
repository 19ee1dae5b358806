package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.TimePlot.Curve;
import org.nostrmonitor.http.view.TimePlot.Sample;
import org.nostrmonitor.http.view.TimePlot.Sketch;
import org.nostrmonitor.storage.Statistics;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Tallies;

/** The values of a kind that most relays have by the last count, over the days (UTC). */
final class TallyPlot {
    /** As many lines as can be told apart. */
    static final int MOST = 5;

    /** A line needs two. */
    static final int FEWEST_DAYS = 2;

    /** A legend holds five of them. */
    private static final int LONGEST_NAME = 32;

    private TallyPlot() {}

    /**
     * From the first day that was counted, since of what was before nothing is known; today is the last, counted or not.
     *
     * @param note of how many relays, in a sentence
     * @param to the last day of the span
     * @return null if there are less than two days, or if there is nothing beside which a line could be seen
     */
    static @Nullable TimePlot of(Tallies tallies, String note, LocalDate to, Instant now) {
        List<Day> days = tallies.days();
        List<Series> most =
                tallies.series().subList(0, Math.min(MOST, tallies.series().size()));
        if (days.size() < FEWEST_DAYS || most.size() < 2) {
            return null;
        }
        List<Curve> curves = new ArrayList<>();
        most.forEach(series -> curves.add(new Curve(name(tallies.kind(), series), ComparePage.css(curves.size()))));
        Sketch sketch = new Sketch(
                note,
                caption(most),
                TimePlot.Unit.COUNT,
                start(days.get(0).day()),
                start(to.plusDays(1)),
                Duration.ofDays(1),
                Duration.ofDays(tallies.everyDays()),
                curves,
                null,
                "Day",
                List.of());
        return TimePlot.of(sketch, samples(days, most), now);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** A number alone would be one among numbers. */
    private static Said name(Kind kind, Series series) {
        String name = TallyWords.name(kind, series);
        return Said.of(kind == Kind.NIP ? "NIP " + name : name, LONGEST_NAME, "…");
    }

    private static String caption(List<Series> most) {
        boolean gaps = most.stream().anyMatch(series -> series.relays().contains(null));
        return "Relays that were up at the last count of each day (UTC)."
                + (gaps
                        ? " – was not among the " + Statistics.KEPT + " most frequent of that day, and was not kept."
                        : "");
    }

    private static List<Sample> samples(List<Day> days, List<Series> most) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            List<@Nullable Double> values = new ArrayList<>();
            for (Series series : most) {
                Integer relays = series.relays().get(i);
                values.add(relays == null ? null : relays.doubleValue());
            }
            samples.add(new Sample(start(days.get(i).day()), values, 0, List.of()));
        }
        return samples;
    }
}
