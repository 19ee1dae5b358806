package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lines over time as SVG shapes in a box of 1000 by 100, and the same numbers as a table: for who reads, and for {@code
 * plot.js}, which takes them from there. Nothing is drawn where nothing was measured.
 *
 * @param note what the chart shows, in a sentence
 * @param caption of the table
 * @param unit of the values, behind a space, or empty
 * @param levels of the y axis, the lowest first
 * @param top the upper edge; zero is the lower
 * @param width of what one row stands for, in seconds; zero for a moment
 * @param gap points that are further apart, in seconds, are not joined
 * @param shade what is shaded, in a word; null if nothing is
 */
public record TimePlot(
        String note,
        String caption,
        String unit,
        long from,
        long to,
        long width,
        long gap,
        List<Line> lines,
        @Nullable String shade,
        List<Shade> shades,
        List<Level> levels,
        String top,
        List<Axis.Tick> ticks,
        String first,
        List<String> more,
        List<Row> rows) {
    static final int HEIGHT = 176;
    private static final int BOX = 1000;
    private static final double ROOM = 1.05;
    private static final Duration DAY = Duration.ofDays(1);

    public TimePlot {
        lines = List.copyOf(lines);
        shades = List.copyOf(shades);
        levels = List.copyOf(levels);
        ticks = List.copyOf(ticks);
        more = List.copyOf(more);
        rows = List.copyOf(rows);
    }

    /** @param css the class of the path and of its key, which gives colour, width and dashes */
    public record Line(Said name, String css, String d) {}

    /** From the bottom up, {@code height} of 100. */
    public record Shade(String x, String width, String y, String height) {}

    /** @param y px from the top */
    public record Level(String value, String y, String textY, String text) {}

    /**
     * @param shaded how much of it is shaded, 0 to 1, or null for nothing
     * @param values one for each line, null where there is none
     * @param more for the columns after those
     */
    public record Row(When at, @Nullable String shaded, List<@Nullable String> values, List<String> more) {}

    /** How values are printed. */
    public enum Unit {
        MILLIS("ms"),
        COUNT("");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        String text(double value) {
            return this == COUNT
                    ? Numbers.count(Math.round(value))
                    : Numbers.ms(Duration.ofNanos((long) (value * 1e6)));
        }

        /** Where an axis ends that has room for this: of a count so that its quarters are whole. */
        double above(double value) {
            return this == COUNT ? Ceiling.of((int) Math.ceil(value * ROOM)) : PlotScale.roundAbove(value);
        }
    }

    /** @param css as in {@link Line} */
    public record Curve(Said name, String css) {
        Curve(String name, String css) {
            this(Said.of(name), css);
        }
    }

    /**
     * @param at the start of what it stands for; of a whole day, which is told by its date, midnight UTC
     * @param values one for each curve, null where nothing was measured
     * @param shaded how much of it is shaded, 0 to 1
     */
    public record Sample(Instant at, List<@Nullable Double> values, double shaded, List<String> more) {}

    /**
     * What is drawn.
     *
     * @param width what a sample stands for; zero for a moment
     * @param gap samples further apart than this are not joined
     * @param first the head of the table's first column
     * @param more the heads of those after the curves
     */
    public record Sketch(
            String note,
            String caption,
            Unit unit,
            Instant from,
            Instant to,
            Duration width,
            Duration gap,
            List<Curve> curves,
            @Nullable String shade,
            String first,
            List<String> more) {}

    /** @param samples oldest first; completes with null if none has a value */
    public static @Nullable TimePlot of(Sketch sketch, List<Sample> samples, Instant now) {
        double most = samples.stream()
                .flatMap(sample -> sample.values().stream())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (most <= 0) {
            return null;
        }
        PlotScale scale = new PlotScale(sketch.from, sketch.to, sketch.unit.above(most));
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < sketch.curves.size(); i++) {
            Curve curve = sketch.curves.get(i);
            lines.add(new Line(curve.name(), curve.css(), path(sketch, samples, i, scale)));
        }
        List<Shade> shades = sketch.shade == null ? List.of() : shades(sketch, samples, scale);
        return new TimePlot(
                sketch.note,
                sketch.caption,
                sketch.unit.label,
                sketch.from.getEpochSecond(),
                sketch.to.getEpochSecond(),
                sketch.width.toSeconds(),
                sketch.gap.toSeconds(),
                lines,
                shades.isEmpty() ? null : sketch.shade,
                shades,
                scale.levels(sketch.unit),
                scale.edge(),
                Axis.of(sketch.from, sketch.to),
                sketch.first,
                sketch.more,
                samples.stream().map(sample -> row(sketch, sample, now)).toList());
    }

    /** A line through neighbours; a lone point is drawn as a dot, by the round ends of a very short line. */
    private static String path(Sketch sketch, List<Sample> samples, int curve, PlotScale scale) {
        StringBuilder d = new StringBuilder();
        Instant last = null;
        for (Sample sample : samples) {
            Double value = sample.values().get(curve);
            if (value == null) {
                last = null;
                continue;
            }
            boolean joined = last != null && Duration.between(last, sample.at()).compareTo(sketch.gap) <= 0;
            Instant middle = sample.at().plus(sketch.width.dividedBy(2));
            d.append(joined ? "L" : "M")
                    .append(tenth(scale.x(middle)))
                    .append(' ')
                    .append(tenth(scale.y(value)));
            d.append(joined ? "" : "h.1");
            last = sample.at();
        }
        return d.toString();
    }

    /** What is shaded alike and adjoins is one. */
    private static List<Shade> shades(Sketch sketch, List<Sample> samples, PlotScale scale) {
        List<Shade> shades = new ArrayList<>();
        Duration width = sketch.width.isZero() ? sketch.gap.dividedBy(2) : sketch.width;
        double from = -1;
        double to = -1;
        double height = 0;
        for (Sample sample : samples) {
            double x = Math.max(0, scale.x(sample.at()));
            double end = Math.min(BOX, scale.x(sample.at().plus(width)));
            if (sample.shaded() != height || x > to + 1) {
                add(shades, from, to, height);
                from = x;
                height = sample.shaded();
            }
            to = end;
        }
        add(shades, from, to, height);
        return shades;
    }

    private static void add(List<Shade> shades, double from, double to, double share) {
        if (share > 0 && to > from) {
            double height = Math.max(2, 100 * share);
            shades.add(new Shade(tenth(from), tenth(to - from), tenth(100 - height), tenth(height)));
        }
    }

    private static Row row(Sketch sketch, Sample sample, Instant now) {
        List<@Nullable String> values = new ArrayList<>();
        sample.values().forEach(value -> values.add(value == null ? null : sketch.unit.text(value)));
        String shaded = sample.shaded() > 0 && sketch.shade != null ? Numbers.fixed(sample.shaded(), 4) : null;
        boolean whole = sketch.width.compareTo(DAY) >= 0;
        When at = whole ? When.ofDay(sample.at(), now) : When.of(sample.at(), now);
        return new Row(at, shaded, values, sample.more());
    }

    private static String tenth(double value) {
        return Numbers.fixed(value, 1);
    }
}
