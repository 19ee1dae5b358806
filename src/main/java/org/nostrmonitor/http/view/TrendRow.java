package org.nostrmonitor.http.view;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;

/**
 * One value of a kind: how many relays now, and how that came.
 *
 * @param more what it means, or null
 * @param href the list of just these relays, or null if it cannot be asked for
 * @param width of the bar against the most frequent, per cent
 * @param share of those of which the kind is known, per cent
 * @param change since the first day that is told; null if it was not kept of that day
 * @param path of a line in a box of 120 by 24, from zero to the most there was
 * @param numbers of the dates of the table; null where it was not kept
 */
public record TrendRow(
        Said name,
        @Nullable String more,
        @Nullable String href,
        String width,
        String count,
        String share,
        @Nullable String change,
        String path,
        String summary,
        List<@Nullable String> numbers) {
    private static final double WIDTH = 120;
    private static final double HEIGHT = 24;
    private static final double EDGE = 1.5;

    static TrendRow of(
            Kind kind, Series series, List<Day> days, List<Integer> told, LocalDate from, LocalDate to, int largest) {
        int now = TallyPanel.last(series);
        Day today = days.get(days.size() - 1);
        Integer first = series.relays().get(0);
        return new TrendRow(
                Said.of(name(kind, series), RelayRow.LONGEST, "…"),
                more(kind, series),
                href(kind, series.what()),
                largest == 0 ? "0%" : Numbers.percent(now, largest, 1) + "%",
                Numbers.count(now),
                today.told() == 0 ? "" : Numbers.percent(now, today.told(), 1),
                first == null || days.size() < 2 ? null : Numbers.change(now - first),
                path(series, days, from, to),
                summary(series),
                told.stream().map(i -> number(series.relays().get(i))).toList());
    }

    private static @Nullable String number(@Nullable Integer relays) {
        return relays == null ? null : Numbers.count(relays);
    }

    private static String name(Kind kind, Series series) {
        String what = series.what();
        String name = series.name();
        return switch (kind) {
            case SOFTWARE -> Software.shortName(what);
            case NIP -> what;
            case COUNTRY -> Countries.name(what);
            case NETWORK -> network(what);
            case ASN -> name == null ? "AS" + what : name;
        };
    }

    private static String network(String label) {
        return Stream.of(Network.values())
                .filter(network -> network.label().equals(label))
                .findFirst()
                .map(Networks::name)
                .orElse(label);
    }

    private static @Nullable String more(Kind kind, Series series) {
        return switch (kind) {
            case NIP -> Nips.title(series.what());
            case ASN -> series.name() == null ? null : "AS" + series.what();
            default -> null;
        };
    }

    /** Null for a name that is too long to be asked for, or that was cut. */
    private static @Nullable String href(Kind kind, String what) {
        if (kind == Kind.SOFTWARE && what.length() >= Search.LONGEST_TEXT) {
            return null;
        }
        return "/relays?" + kind.name().toLowerCase(Locale.ROOT) + "=" + Address.encoded(what);
    }

    private static int most(Series series) {
        return series.relays().stream()
                .mapToInt(relays -> relays == null ? 0 : relays)
                .max()
                .orElse(0);
    }

    private static String summary(Series series) {
        int least = series.relays().stream()
                .mapToInt(relays -> relays == null ? Integer.MAX_VALUE : relays)
                .min()
                .orElse(0);
        return "From " + Numbers.count(least) + " to " + Numbers.count(most(series));
    }

    /** A day stands where it was; a line joins days that follow one another. */
    private static String path(Series series, List<Day> days, LocalDate from, LocalDate to) {
        double span = Math.max(1, ChronoUnit.DAYS.between(from, to));
        int most = Math.max(1, most(series));
        long step = days.size() < 2 ? 1 : step(days);
        StringBuilder d = new StringBuilder();
        LocalDate before = null;
        for (int i = 0; i < days.size(); i++) {
            Integer relays = series.relays().get(i);
            if (relays == null) {
                before = null;
                continue;
            }
            LocalDate day = days.get(i).day();
            double x = EDGE + (WIDTH - 2 * EDGE) * ChronoUnit.DAYS.between(from, day) / span;
            double y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * relays / most;
            boolean joined = before != null && ChronoUnit.DAYS.between(before, day) <= step;
            d.append(joined ? "L" : "M").append(Numbers.fixed(x, 1) + " " + Numbers.fixed(y, 1));
            d.append(joined ? "" : "h.1");
            before = day;
        }
        return d.toString();
    }

    /** The least distance of two days: every how many are told. */
    private static long step(List<Day> days) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < days.size(); i++) {
            least = Math.min(
                    least,
                    ChronoUnit.DAYS.between(days.get(i - 1).day(), days.get(i).day()));
        }
        return least;
    }
}
