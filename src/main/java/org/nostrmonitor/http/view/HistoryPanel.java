package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.RelayLinks.Choice;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.RelayViews.Result;

/**
 * How long a phase took over time.
 *
 * @param title what is shown, and as seen from where
 * @param plot null if nothing was measured
 * @param nothing what to say then
 */
public record HistoryPanel(
        String title,
        List<Choice> phases,
        List<Choice> ranges,
        @Nullable TimePlot plot,
        String nothing) {
    public HistoryPanel {
        phases = List.copyOf(phases);
        ranges = List.copyOf(ranges);
    }

    /**
     * @param day the newest checks of the region, newest first
     * @param points of the region, if the range is longer than a day
     */
    static HistoryPanel of(
            RelayLinks links, @Nullable String region, List<Result> day, List<Point> points, Instant now) {
        Phase phase = links.phase();
        Range range = links.range();
        TimePlot plot = range == Range.DAY
                ? LatencyPlot.ofChecks(day, phase, now)
                : LatencyPlot.ofPoints(points, range, phase, now);
        return new HistoryPanel(
                "Time to " + phase.name().toLowerCase(Locale.ROOT) + (region == null ? "" : ", " + region),
                links.phases(),
                links.ranges(),
                plot,
                "No check of the last " + range.words() + " has a time of this.");
    }
}
