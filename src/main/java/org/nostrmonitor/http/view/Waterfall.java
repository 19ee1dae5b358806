package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Stage;

/**
 * The latest check from one region, phase by phase: the evidence.
 *
 * @param ticks of the axis, milliseconds
 * @param withheld the phases whose times measure how busy we were, and not the relay; may be empty
 */
public record Waterfall(
        String region,
        When at,
        List<Axis.Tick> ticks,
        List<Row> rows,
        @Nullable String open,
        String lag,
        String withheld) {
    private static final double[] STEPS = {1, 1.5, 2, 2.5, 3, 4, 5, 7.5};

    public Waterfall {
        ticks = List.copyOf(ticks);
        rows = List.copyOf(rows);
    }

    /**
     * @param css {@code fail}, {@code none} or empty
     * @param bar null if the phase took no time
     * @param took milliseconds, or null if it was not timed
     */
    public record Row(
            String phase,
            String css,
            @Nullable Bar bar,
            @Nullable String took,
            Evidence seen) {}

    /** @param end where the bar ends, and the cross of a failure stands */
    public record Bar(String x, String width, String end) {}

    static Waterfall of(CheckReport report, Instant now) {
        double whole = Math.max(1, total(report));
        double scale = niceAbove(whole);
        List<Row> rows = new ArrayList<>();
        double x = 0;
        for (Stage stage : Stage.values()) {
            Duration took = report.phases().of(stage);
            double width = took == null ? 0 : millis(took);
            Evidence seen = Evidence.of(stage, report);
            String css = seen.failed() ? "fail" : took == null ? "none" : "";
            rows.add(new Row(
                    stage.label(), css, took == null ? null : bar(x, width, scale), Numbers.msOrNull(took), seen));
            x += width;
        }
        return new Waterfall(
                report.region(),
                When.exact(report.checkedAt(), now),
                ticks(scale),
                rows,
                Numbers.msOrNull(report.rttOpen()),
                Numbers.ms(report.loopLag()),
                withheld(report));
    }

    private static String withheld(CheckReport report) {
        return Stream.of(Stage.values())
                .filter(stage -> report.phases().of(stage) != null && report.took(stage) == null)
                .map(Stage::label)
                .collect(Collectors.joining(", "));
    }

    private static double total(CheckReport report) {
        double sum = 0;
        for (Stage stage : Stage.values()) {
            Duration took = report.phases().of(stage);
            sum += took == null ? 0 : millis(took);
        }
        return sum;
    }

    private static Bar bar(double x, double width, double scale) {
        double left = 100 * x / scale;
        double visible = Math.max(0.3, 100 * width / scale);
        return new Bar(Axis.percent(left), Axis.percent(visible), Axis.percent(left + visible));
    }

    private static List<Axis.Tick> ticks(double scale) {
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double ms = scale * i / 5;
            String text = scale < 5 ? Numbers.fixed(ms, 1) : Numbers.count(Math.round(ms));
            ticks.add(new Axis.Tick(Axis.percent(20.0 * i), text, i % 2 != 0));
        }
        return ticks;
    }

    /** The least round number that leaves a little room: its fifths are round too. */
    private static double niceAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : STEPS) {
            if (step * power >= value * 1.02) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
