package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Tallies;

/**
 * What relays that were up have in common, of one kind: now, and over the days.
 *
 * @param note of how many it is known, and when that was counted
 * @param plot null if there is not enough for one; it has the note, too
 * @param since the first day that is told, or null if there is only one
 */
public record TallyPanel(
        String id,
        String title,
        String what,
        String note,
        @Nullable TimePlot plot,
        List<TrendRow> rows,
        @Nullable String since) {
    public TallyPanel {
        rows = List.copyOf(rows);
    }

    static TallyPanel of(Tallies tallies, LocalDate to, Instant now) {
        List<Day> days = tallies.days();
        String note = days.isEmpty() ? "" : TallyWords.note(tallies.kind(), days.get(days.size() - 1), now);
        TimePlot plot = TallyPlot.of(tallies, note, to, now);
        List<TrendRow> rows = new ArrayList<>();
        int largest =
                tallies.series().stream().mapToInt(series -> last(series)).max().orElse(0);
        for (Series series : tallies.series()) {
            rows.add(TrendRow.of(tallies.kind(), series, days, largest));
        }
        return new TallyPanel(
                TallyWords.id(tallies.kind()),
                TallyWords.title(tallies.kind()),
                TallyWords.what(tallies.kind()),
                note,
                plot,
                rows,
                days.size() < TallyPlot.FEWEST_DAYS
                        ? null
                        : DayAxis.day(days.get(0).day()));
    }

    static int last(Series series) {
        Integer last = series.relays().isEmpty()
                ? null
                : series.relays().get(series.relays().size() - 1);
        return last == null ? 0 : last;
    }
}
