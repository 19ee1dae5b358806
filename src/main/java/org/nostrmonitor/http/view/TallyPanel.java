package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Statistics;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Tallies;

/**
 * What relays that were up have in common, of one kind: now, and over the days.
 *
 * @param note of how many it is known, and when that was counted
 * @param since the first day that is told, or null if there is only one
 * @param dates of the table of numbers, five at most
 */
public record TallyPanel(
        String id,
        String title,
        String what,
        String note,
        List<TrendRow> rows,
        @Nullable String since,
        List<String> dates,
        boolean hasGaps) {
    private static final int MOST_DATES = 5;

    public TallyPanel {
        rows = List.copyOf(rows);
        dates = List.copyOf(dates);
    }

    static TallyPanel of(Tallies tallies, LocalDate from, LocalDate to, Instant now) {
        List<Day> days = tallies.days();
        Kind kind = tallies.kind();
        List<Integer> told = dates(days.size());
        List<TrendRow> rows = new ArrayList<>();
        int largest =
                tallies.series().stream().mapToInt(series -> last(series)).max().orElse(0);
        for (Series series : tallies.series()) {
            rows.add(TrendRow.of(kind, series, days, told, from, to, largest));
        }
        return new TallyPanel(
                TallyWords.id(kind),
                TallyWords.title(kind),
                TallyWords.what(kind),
                days.isEmpty() ? "" : TallyWords.note(kind, days.get(days.size() - 1), now),
                rows,
                days.size() < 2 ? null : DayAxis.day(days.get(0).day()),
                told.stream().map(i -> DayAxis.day(days.get(i).day())).toList(),
                tallies.series().stream().anyMatch(series -> series.relays().contains(null)));
    }

    static int last(Series series) {
        Integer last = series.relays().isEmpty()
                ? null
                : series.relays().get(series.relays().size() - 1);
        return last == null ? 0 : last;
    }

    /** The first, the last, and some between them as evenly as it can be. */
    private static List<Integer> dates(int days) {
        int wanted = Math.min(days, MOST_DATES);
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            told.add(wanted == 1 ? 0 : Math.round((float) i * (days - 1) / (wanted - 1)));
        }
        return told;
    }

    /** In words: of what has a gap nothing was kept on those days. */
    public String gaps() {
        return "– was not among the " + Statistics.KEPT + " most frequent of that day, and was not kept.";
    }
}
