package org.nostrmonitor.http.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Statistics.Shape;

/**
 * How long relays that are up take to open: a bar for each span of times.
 *
 * @param note of how many relays, and of how many it is not known
 * @param marks the median and the 95th percentile, where they are
 */
public record OpenPlot(
        String note, List<Column> columns, List<StatePlot.Line> lines, List<Mark> marks, List<Axis.Tick> ticks) {
    static final int HEIGHT = 168;
    private static final double GAP = 0.35;
    private static final String FIRST_LINE = "12";
    private static final String SECOND_LINE = "28";
    private static final int SECOND_MS = 1000;

    public OpenPlot {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
        ticks = List.copyOf(ticks);
    }

    /** @param what the span of times, in words */
    public record Column(String x, String width, String y, String height, String what, String relays) {}

    /** @param anchor where its text is: {@code start} to the right of it, {@code end} to the left */
    public record Mark(String x, String y, String text, String anchor, String dx) {}

    /** Null if no time is known. */
    static @Nullable OpenPlot of(Shape shape, @Nullable Duration p50, @Nullable Duration p95) {
        int timed = shape.opens().stream().mapToInt(Integer::intValue).sum();
        if (timed == 0) {
            return null;
        }
        int top = Ceiling.of(
                shape.opens().stream().mapToInt(Integer::intValue).max().orElse(0));
        double step = 100.0 / shape.opens().size();
        List<Column> columns = new ArrayList<>();
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < shape.opens().size(); i++) {
            int relays = shape.opens().get(i);
            double height = (double) HEIGHT * relays / top;
            columns.add(new Column(
                    Axis.percent(i * step + GAP),
                    Axis.percent(step - 2 * GAP),
                    tenth(HEIGHT - height),
                    tenth(height),
                    words(i),
                    Numbers.count(relays)));
            ticks.add(new Axis.Tick(Axis.percent(i * step), i == 0 ? "0" : edge(i - 1), i % 2 == 1));
        }
        return new OpenPlot(note(timed, shape.up()), columns, lines(top), marks(p50, p95), ticks);
    }

    private static String note(int timed, int up) {
        String of = Numbers.plural(timed, "relay that is up", "relays that are up")
                + ", by what the last check measured, in milliseconds.";
        return timed >= up ? of : of + " Of " + Numbers.count(up - timed) + " more there is no time.";
    }

    private static List<StatePlot.Line> lines(int top) {
        List<StatePlot.Line> lines = new ArrayList<>();
        for (int i = 2; i <= 4; i += 2) {
            double y = HEIGHT * (1 - i / 4.0);
            lines.add(new StatePlot.Line(tenth(y), tenth(y + 12), Numbers.count((long) top * i / 4)));
        }
        return lines;
    }

    private static List<Mark> marks(@Nullable Duration p50, @Nullable Duration p95) {
        List<Mark> marks = new ArrayList<>();
        if (p50 != null) {
            marks.add(mark("p50 ", p50, FIRST_LINE));
        }
        if (p95 != null) {
            marks.add(mark("p95 ", p95, SECOND_LINE));
        }
        return marks;
    }

    /** Its text is on the side that has more room. */
    private static Mark mark(String name, Duration time, String y) {
        double place = place(time);
        String text = name + Numbers.ms(time) + " ms";
        return place > 50
                ? new Mark(Axis.percent(place), y, text, "end", "-5")
                : new Mark(Axis.percent(place), y, text, "start", "5");
    }

    /** Per cent from the left: within its span by its share of it. */
    private static double place(Duration time) {
        double ms = time.toNanos() / 1e6;
        List<Integer> bounds = Shape.OPEN_BOUNDS_MS;
        int span = 0;
        while (span < bounds.size() && ms >= bounds.get(span)) {
            span++;
        }
        double low = span == 0 ? 0 : bounds.get(span - 1);
        double high = span == bounds.size() ? 2 * low : bounds.get(span);
        return 100 * (span + Math.min(1, (ms - low) / (high - low))) / (bounds.size() + 1);
    }

    private static String words(int i) {
        int last = Shape.OPEN_BOUNDS_MS.size();
        if (i == 0) {
            return "under " + withUnit(0);
        }
        return i == last ? withUnit(last - 1) + " or more" : withUnit(i - 1) + " to " + withUnit(i);
    }

    private static String withUnit(int bound) {
        int ms = Shape.OPEN_BOUNDS_MS.get(bound);
        return ms < SECOND_MS ? ms + " ms" : ms / SECOND_MS + " s";
    }

    /** Short, for the axis: seconds have their unit. */
    private static String edge(int bound) {
        int ms = Shape.OPEN_BOUNDS_MS.get(bound);
        return ms < SECOND_MS ? Integer.toString(ms) : ms / SECOND_MS + " s";
    }

    private static String tenth(double value) {
        return Numbers.fixed(value, 1);
    }
}
