package org.nostrmonitor.http.view;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;

/**
 * One value of a kind: how many relays now, and since then.
 *
 * @param more what it means, or null
 * @param href the list of just these relays, or null if it cannot be asked for
 * @param width of the bar against the most frequent, per cent
 * @param share of those of which the kind is known, per cent
 * @param change since the first day that is told; null if it was not kept of that day
 */
public record TrendRow(
        Said name,
        @Nullable String more,
        @Nullable String href,
        String width,
        String count,
        String share,
        @Nullable String change) {

    static TrendRow of(Kind kind, Series series, List<Day> days, int largest) {
        int now = TallyPanel.last(series);
        Day today = days.get(days.size() - 1);
        Integer first = series.relays().get(0);
        return new TrendRow(
                Said.of(TallyWords.name(kind, series), RelayRow.LONGEST, "…"),
                TallyWords.more(kind, series),
                href(kind, series.what()),
                largest == 0 ? "0%" : Numbers.percent(now, largest, 1) + "%",
                Numbers.count(now),
                today.told() == 0 ? "" : Numbers.percent(now, today.told(), 1),
                first == null || days.size() < TallyPlot.FEWEST_DAYS ? null : Numbers.change(now - first));
    }

    /** Null for a name that is too long to be asked for, or that was cut. */
    private static @Nullable String href(Kind kind, String what) {
        if (kind == Kind.SOFTWARE && what.length() >= Search.LONGEST_TEXT) {
            return null;
        }
        return "/relays?" + kind.name().toLowerCase(Locale.ROOT) + "=" + Address.encoded(what);
    }
}
