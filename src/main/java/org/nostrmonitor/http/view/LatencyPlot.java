package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.TimePlot.Curve;
import org.nostrmonitor.http.view.TimePlot.Sample;
import org.nostrmonitor.http.view.TimePlot.Sketch;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;
import org.nostrmonitor.storage.RelayViews.Result;

/** How long one phase took as one region measured it: each check of a day, percentiles of longer spans. */
public final class LatencyPlot {
    /** Those that a page offers, in the order of its links. */
    static final List<Phase> PHASES = List.of(Phase.OPEN, Phase.READ, Phase.WRITE);

    private static final String NOTHING = "Nothing is drawn where nothing was measured or is kept.";

    private LatencyPlot() {}

    /**
     * Which phase, as the parameter {@code phase} has it; to open, if it is not given.
     *
     * @throws BadParameter if it is none of those that a page offers
     */
    public static Phase phase(@Nullable String given) {
        if (given == null) {
            return Phase.OPEN;
        }
        return PHASES.stream()
                .filter(phase -> label(phase).equals(given))
                .findFirst()
                .orElseThrow(() -> new BadParameter("phase", "is not one of open, read and write"));
    }

    static String label(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    /** @param newestFirst of one region; null if none of the last day has a time of this phase */
    static @Nullable TimePlot ofChecks(List<Result> newestFirst, Phase phase, Instant now) {
        Instant from = now.minus(Range.DAY.length());
        List<Result> results = new ArrayList<>(newestFirst.stream()
                .filter(result -> result.checkedAt().isAfter(from))
                .toList());
        Collections.reverse(results);
        Sketch sketch = new Sketch(
                "Every check is a point: " + Numbers.plural(results.size(), "check", "checks")
                        + " in the last 24 hours. " + NOTHING,
                "Checks of the last 24 hours",
                TimePlot.Unit.MILLIS,
                from,
                now,
                Duration.ZERO,
                usualStep(results).multipliedBy(5).dividedBy(2),
                List.of(new Curve("each check", "l-p50")),
                "offline",
                "Checked",
                List.of("Found"));
        return TimePlot.of(
                sketch, results.stream().map(result -> sample(result, phase)).toList(), now);
    }

    private static Sample sample(Result result, Phase phase) {
        Duration took = switch (phase) {
            case OPEN -> result.open();
            case READ -> result.read();
            case WRITE -> result.write();
            case DNS -> result.dns();
            case TCP, TLS, UPGRADE, NIP11 -> null;
        };
        return new Sample(
                result.checkedAt(),
                Collections.singletonList(took == null ? null : millis(took)),
                result.state() == RelayState.OFFLINE ? 1 : 0,
                List.of(StateMark.of(result.state()).word().toLowerCase(Locale.ROOT)));
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

    /** @param points of one region, oldest first; null if none has a time of this phase */
    static @Nullable TimePlot ofPoints(List<Point> points, Range range, Phase phase, Instant now) {
        long measured = points.stream()
                .map(point -> point.times().get(phase))
                .mapToLong(times -> times == null ? 0 : times.count())
                .sum();
        String each = each(range);
        Duration step = range.resolution().length();
        Sketch sketch = new Sketch(
                "Median and 95th percentile of " + each + ", from "
                        + Numbers.plural(measured, "measurement", "measurements")
                        + ". " + NOTHING,
                "By " + each.substring(each.indexOf(' ') + 1) + ", each true to 2.7 %",
                TimePlot.Unit.MILLIS,
                range.from(now),
                now,
                step,
                step,
                List.of(new Curve("median", "l-p50"), new Curve("95th percentile", "l-p95")),
                "offline, by its share of the time",
                "From",
                List.of("Answered", "Up"));
        return TimePlot.of(
                sketch, points.stream().map(point -> sample(point, phase)).toList(), now);
    }

    private static String each(Range range) {
        return switch (range.resolution()) {
            case HOUR -> "each hour";
            case SIX_HOURS -> "each quarter of a day";
            case DAY -> "each day";
        };
    }

    private static Sample sample(Point point, Phase phase) {
        Times times = point.times().get(phase);
        boolean known = !point.known().isZero();
        int answered = point.checks().online() + point.checks().degraded();
        return new Sample(
                point.from(),
                times == null ? Arrays.asList(null, null) : List.of(millis(times.p50()), millis(times.p95())),
                known ? 1 - (double) point.up().toSeconds() / point.known().toSeconds() : 0,
                List.of(
                        Numbers.count(answered) + " of "
                                + Numbers.count(answered + point.checks().offline()),
                        known
                                ? Numbers.percent(
                                                point.up().toSeconds(),
                                                point.known().toSeconds(),
                                                2) + " %"
                                : "–"));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
