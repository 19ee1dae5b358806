package org.nostrmonitor.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of {@code bench accuracy}, for people and for programs.
 *
 * @param load the load average of the last minute before the start, which says whether the figures are worth something
 */
record BenchAccuracyText(BenchAccuracyResult result, int relays, double seconds, double load, int cores) {
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s, %d relays, %.1f s a line after %.1f s of warm-up; load average %.1f on %d cores",
                result.secure() ? "wss" : "ws", relays, seconds, result.warmUp().toMillis() / 1000.0, load, cores));
        lines.add(format(
                "100%% are %.0f probes/s; errors are |measured - injected| in ms, the injected time as it really was",
                result.most()));
        lines.add(format(
                "%5s %8s %8s %7s  %-21s %-21s %-21s %8s %6s %6s %5s %6s  %s",
                "load",
                "offered",
                "probes/s",
                "flying",
                "open p50   p99   max",
                "read p50   p99   max",
                "write p50  p99   max",
                "withheld",
                "unsure",
                "failed",
                "CPU",
                "others",
                "relays late p50 p99 max"));
        result.levels().forEach(level -> lines.add(line(level)));
        return lines;
    }

    private static String line(BenchAccuracyLevel level) {
        return format(
                "%4d%% %8.0f %8.0f %7.0f  %s %s %s %7.1f%% %5.1f%% %6d %4.0f%% %5.0f%%  %s",
                level.share(),
                level.offered(),
                level.done(),
                level.inFlight(),
                errors(level.times().open()),
                errors(level.times().read()),
                errors(level.times().write()),
                level.times().withheld() * 100,
                level.times().unsure() * 100,
                level.times().failed(),
                level.cpu() * 100,
                level.others() * 100,
                errors(level.times().late()).strip());
    }

    private static String errors(BenchAccuracyErrors errors) {
        return format("%8.2f %5.1f %6.1f", errors.p50(), errors.p99(), errors.max());
    }

    String json() {
        JsonArray levels = new JsonArray();
        result.levels().forEach(level -> levels.add(json(level)));
        return new JsonObject()
                .put("benchmark", "accuracy")
                .put("transport", result.secure() ? "wss" : "ws")
                .put("relays", relays)
                .put("seconds", seconds)
                .put("warmUpSeconds", result.warmUp().toMillis() / 1000.0)
                .put("loadAverage", load)
                .put("cores", cores)
                .put("mostProbesPerSecond", Math.round(result.most()))
                .put("levels", levels)
                .encode();
    }

    private static JsonObject json(BenchAccuracyLevel level) {
        return new JsonObject()
                .put("share", level.share())
                .put("offeredPerSecond", rounded(level.offered()))
                .put("probesPerSecond", rounded(level.done()))
                .put("inFlight", rounded(level.inFlight()))
                .put("openErrorMs", json(level.times().open()))
                .put("readErrorMs", json(level.times().read()))
                .put("writeErrorMs", json(level.times().write()))
                .put("withheldShare", rounded(level.times().withheld()))
                .put("unsureShare", rounded(level.times().unsure()))
                .put("failed", level.times().failed())
                .put("cpuShare", rounded(level.cpu()))
                .put("othersCpuShare", rounded(level.others()))
                .put("relaysLateMs", json(level.times().late()));
    }

    private static JsonObject json(BenchAccuracyErrors errors) {
        return new JsonObject()
                .put("count", errors.count())
                .put("p50", rounded(errors.p50()))
                .put("p99", rounded(errors.p99()))
                .put("max", rounded(errors.max()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
