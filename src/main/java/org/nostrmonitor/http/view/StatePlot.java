package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Resolution;

/**
 * How many relays were in each state, stacked, hour by hour or day by day. An hour in which nobody counted is a gap.
 *
 * @param note what the chart shows, in a sentence
 * @param areas in a box as wide as there are hours or days, and 1000 high
 * @param rows the same in numbers: every hour of a day, else the last count of each day or month
 */
public record StatePlot(
        String note,
        int width,
        List<Area> areas,
        List<Line> lines,
        List<Axis.Tick> ticks,
        String every,
        List<Row> rows) {
    static final int HEIGHT = 200;
    private static final int TOP = 1000;
    private static final int LONGEST_OF_DAYS = 40;
    private static final List<String> BANDS = List.of("on", "deg", "off", "unk");

    public StatePlot {
        areas = List.copyOf(areas);
        lines = List.copyOf(lines);
        ticks = List.copyOf(ticks);
        rows = List.copyOf(rows);
    }

    /** @param edge the line along its top, or empty */
    public record Area(String css, String d, String edge) {}

    /** @param y px from the top */
    public record Line(String y, String textY, String text) {}

    public record Row(String when, String online, String degraded, String offline, String unknown) {}

    /**
     * Null if there are less than two counts: one is no history.
     *
     * @param from the start of the first hour or day, whether it was counted or not
     */
    static @Nullable StatePlot of(
            List<NetworkPoint> points, Range range, Instant from, Instant to, Resolution resolution) {
        if (points.size() < 2) {
            return null;
        }
        long length = resolution.length().toSeconds();
        int width = (int) -Math.floorDiv(from.getEpochSecond() - to.getEpochSecond(), length);
        int most = points.stream().mapToInt(StatePlot::total).max().orElse(0);
        int top = Ceiling.of(most);
        List<Area> areas = new ArrayList<>();
        for (int band = 0; band < BANDS.size(); band++) {
            areas.add(area(points, band, from, length, top));
        }
        Instant end = from.plusSeconds(width * length);
        return new StatePlot(
                note(points, range, width),
                width,
                areas,
                lines(top),
                range == Range.DAY ? Axis.hours(from, end) : DayAxis.of(from, end),
                every(range),
                rows(points, range));
    }

    private static int total(NetworkPoint point) {
        return point.online() + point.degraded() + point.offline() + point.unknown();
    }

    /** How many are in the bands up to this one. */
    private static int upTo(NetworkPoint point, int band) {
        int[] states = {point.online(), point.degraded(), point.offline(), point.unknown()};
        int sum = 0;
        for (int i = 0; i <= band; i++) {
            sum += states[i];
        }
        return sum;
    }

    /** Steps and not slopes: a count holds for its hour, and says nothing of how it came to the next. */
    private static Area area(List<NetworkPoint> points, int band, Instant from, long length, int top) {
        StringBuilder d = new StringBuilder();
        StringBuilder edge = new StringBuilder();
        for (int first = 0; first < points.size(); ) {
            int after = first + 1;
            while (after < points.size() && follows(points.get(after - 1), points.get(after), length)) {
                after++;
            }
            long x = (points.get(first).from().getEpochSecond() - from.getEpochSecond()) / length;
            d.append("M").append(x).append(" ").append(y(upTo(points.get(first), band), top));
            for (int i = first; i < after; i++) {
                d.append("V").append(y(upTo(points.get(i), band), top)).append("h1");
            }
            edge.append(edge(points.subList(first, after), band, x, top));
            for (int i = after - 1; i >= first; i--) {
                d.append("V")
                        .append(band == 0 ? TOP : y(upTo(points.get(i), band - 1), top))
                        .append("h-1");
            }
            d.append("z");
            first = after;
        }
        String name = BANDS.get(band);
        return new Area(name, d.toString(), name.equals("unk") ? "" : edge.toString());
    }

    /** Along the top of a band, where it is not empty: it would be the edge of the one below. */
    private static String edge(List<NetworkPoint> run, int band, long first, int top) {
        StringBuilder edge = new StringBuilder();
        boolean drawn = false;
        for (int i = 0; i < run.size(); i++) {
            int upTo = upTo(run.get(i), band);
            boolean empty = band > 0 && upTo == upTo(run.get(i), band - 1);
            if (!empty) {
                edge.append(drawn ? "V" : "M" + (first + i) + " ")
                        .append(y(upTo, top))
                        .append("h1");
            }
            drawn = !empty;
        }
        return edge.toString();
    }

    private static boolean follows(NetworkPoint one, NetworkPoint next, long length) {
        return next.from().getEpochSecond() - one.from().getEpochSecond() == length;
    }

    private static long y(int relays, int top) {
        return Math.round(TOP - (double) TOP * relays / top);
    }

    private static String note(List<NetworkPoint> points, Range range, int width) {
        int least = points.stream().mapToInt(NetworkPoint::online).min().orElse(0);
        int most = points.stream().mapToInt(NetworkPoint::online).max().orElse(0);
        String span = least == most
                ? Numbers.plural(least, "relay was", "relays were") + " online at every count"
                : Numbers.count(least) + " to " + Numbers.plural(most, "relay was", "relays were") + " online";
        return capital(span) + " in the last " + range.words() + "."
                + (points.size() < width ? " Nothing is drawn where nobody counted." : "");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static List<Line> lines(int top) {
        List<Line> lines = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            double y = HEIGHT * (1 - i / 4.0);
            lines.add(new Line(tenth(y), tenth(y + 12), Numbers.count((long) top * i / 4)));
        }
        return lines;
    }

    private static String tenth(double value) {
        return Numbers.fixed(value, 1);
    }

    private static String every(Range range) {
        return switch (range) {
            case DAY -> "the last count of each hour";
            case YEAR, QUARTER -> "the last count of each month";
            default -> "the last count of each day";
        };
    }

    private static List<Row> rows(List<NetworkPoint> points, Range range) {
        Map<String, NetworkPoint> last = new LinkedHashMap<>();
        for (NetworkPoint point : points) {
            LocalDate day = LocalDate.ofInstant(point.from(), ZoneOffset.UTC);
            String when = range == Range.DAY
                    ? When.minute(point.from())
                    : range.length().toDays() > LONGEST_OF_DAYS ? DayAxis.month(day) : DayAxis.day(day);
            last.put(when, point);
        }
        return last.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList();
    }

    private static Row row(String when, NetworkPoint point) {
        return new Row(
                when,
                Numbers.count(point.online()),
                Numbers.count(point.degraded()),
                Numbers.count(point.offline()),
                Numbers.count(point.unknown()));
    }
}
