package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Result;

/**
 * Time to open and to answer a read over a day, as SVG shapes in a box of 1000 by 100, and as a table by the hour.
 *
 * @param note what the chart shows, in a sentence
 * @param lines of the y axis
 * @param off rectangles where checks found it offline
 */
public record LatencyPlot(
        String note,
        String open,
        String read,
        List<Span> off,
        List<Line> lines,
        List<Axis.Tick> ticks,
        List<LatencyHour> hours) {
    static final int HEIGHT = 176;
    private static final int WIDTH = 1000;
    private static final double[] STEPS = {1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12};
    private static final Duration DAY = Duration.ofHours(24);

    public LatencyPlot {
        off = List.copyOf(off);
        lines = List.copyOf(lines);
        ticks = List.copyOf(ticks);
        hours = List.copyOf(hours);
    }

    public record Span(String x, String width) {}

    /** @param y px from the top */
    public record Line(String y, String textY, String text) {}

    /** Of the results of one region, newest first; null if none of the last day has a time. */
    static @Nullable LatencyPlot of(List<Result> newestFirst, Instant now) {
        List<Result> results = oldestFirst(newestFirst, now.minus(DAY));
        double most = results.stream()
                .flatMap(r -> Stream.of(r.open(), r.read()))
                .filter(d -> d != null)
                .mapToDouble(LatencyPlot::millis)
                .max()
                .orElse(0);
        if (most == 0) {
            return null;
        }
        Scale scale = new Scale(now.minus(DAY), Duration.ofMinutes(15).plus(DAY), roundAbove(most));
        return new LatencyPlot(
                note(results),
                path(results, Result::open, scale),
                path(results, Result::read, scale),
                offline(results, scale),
                lines(scale),
                Axis.hours(scale.from, scale.from.plus(scale.width)),
                LatencyHour.of(results, now));
    }

    /** The least number that leaves a little room and whose quarters are round. */
    private static double roundAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : STEPS) {
            if (step * power >= value * 1.05) {
                return step * power;
            }
        }
        return 20 * power;
    }

    private record Scale(Instant from, Duration width, double top) {
        double x(Instant at) {
            return (double) WIDTH * Duration.between(from, at).toMillis() / width.toMillis();
        }

        double y(Duration took) {
            return 100 - 100 * millis(took) / top;
        }
    }

    private static List<Result> oldestFirst(List<Result> newestFirst, Instant from) {
        List<Result> results = new ArrayList<>();
        for (Result result : newestFirst) {
            if (result.checkedAt().isAfter(from)) {
                results.add(0, result);
            }
        }
        return results;
    }

    private static String note(List<Result> results) {
        String checks = Numbers.plural(results.size(), "check", "checks");
        return "Every check is a point: " + checks
                + " in the last 24 hours. Nothing is drawn where nothing was measured.";
    }

    /** A line through neighbours; a gap where a check has no time, or where checks are missing. */
    private static String path(List<Result> results, Function<Result, @Nullable Duration> value, Scale scale) {
        Duration longest = usualStep(results).multipliedBy(5).dividedBy(2);
        StringBuilder d = new StringBuilder();
        Instant last = null;
        for (Result result : results) {
            Duration took = value.apply(result);
            if (took == null) {
                last = null;
                continue;
            }
            boolean joined =
                    last != null && Duration.between(last, result.checkedAt()).compareTo(longest) <= 0;
            String at = String.format(Locale.ROOT, "%.1f %.1f", scale.x(result.checkedAt()), scale.y(took));
            d.append(joined ? "L" : "M").append(at).append(joined ? "" : "h.1");
            last = result.checkedAt();
        }
        return d.toString();
    }

    private static List<Span> offline(List<Result> results, Scale scale) {
        double step = (double) WIDTH * usualStep(results).toMillis() / scale.width.toMillis();
        List<Span> spans = new ArrayList<>();
        double from = -1;
        double to = -1;
        for (Result result : results) {
            double x = scale.x(result.checkedAt());
            if (result.state() != RelayState.OFFLINE) {
                continue;
            }
            if (x > to + step) {
                addSpan(spans, from, to);
                from = x;
            }
            to = Math.min(WIDTH, x + step);
        }
        addSpan(spans, from, to);
        return spans;
    }

    private static void addSpan(List<Span> spans, double from, double to) {
        if (from >= 0) {
            spans.add(new Span(tenth(from), tenth(to - from)));
        }
    }

    /** The median time between two checks. */
    private static Duration usualStep(List<Result> results) {
        List<Duration> steps = new ArrayList<>();
        for (int i = 1; i < results.size(); i++) {
            steps.add(Duration.between(
                    results.get(i - 1).checkedAt(), results.get(i).checkedAt()));
        }
        steps.sort(Duration::compareTo);
        return steps.isEmpty() ? Duration.ofMinutes(15) : steps.get(steps.size() / 2);
    }

    private static List<Line> lines(Scale scale) {
        List<Line> lines = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            double ms = scale.top * i / 4;
            double y = HEIGHT * (1 - i / 4.0);
            String text = scale.top % 4 != 0 ? String.format(Locale.ROOT, "%.1f", ms) : Numbers.count(Math.round(ms));
            lines.add(new Line(tenth(y), tenth(i == 4 ? y + 10 : y + 4), text));
        }
        return lines;
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
