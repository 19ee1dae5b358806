package org.nostrmonitor.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nostrmonitor.cli.BenchPublishResult.TargetResult;

/**
 * The figures of {@code bench publish}, for people and for programs.
 *
 * @param load the load average of the last minute, which says whether the figures are worth something
 */
record BenchPublishText(BenchPublishResult result, double load, int cores) {
    private static final double MEGABYTE = 1e6;

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%d events to %d targets; load average %.1f on %d cores",
                result.events(), result.targets().size(), load, cores));
        lines.add(format("stored     %9.0f events/s", result.storedPerSecond()));
        lines.add(format("delivered  %9.0f events/s, all settled after %.1f s", delivered(), result.seconds()));
        lines.add(format("heap       %9.0f MB at most", result.heapBytes() / MEGABYTE));
        lines.add(format("%-8s %8s %8s %12s %10s", "target", "events", "again", "connections", "events/s"));
        int number = 1;
        for (TargetResult target : result.targets()) {
            lines.add(format(
                    "%-8d %8d %8d %12d %10.0f",
                    number++, target.events(), target.repetitions(), target.connections(), target.perSecond()));
        }
        return lines;
    }

    /** Over all targets. */
    private double delivered() {
        return (double) result.events() * result.targets().size() / result.seconds();
    }

    String json() {
        JsonArray targets = new JsonArray();
        for (TargetResult target : result.targets()) {
            targets.add(new JsonObject()
                    .put("events", target.events())
                    .put("again", target.repetitions())
                    .put("connections", target.connections())
                    .put("eventsPerSecond", Math.round(target.perSecond())));
        }
        return new JsonObject()
                .put("benchmark", "publish")
                .put("events", result.events())
                .put("loadAverage", load)
                .put("cores", cores)
                .put("storedPerSecond", Math.round(result.storedPerSecond()))
                .put("deliveredPerSecond", Math.round(delivered()))
                .put("seconds", Math.round(result.seconds() * 1_000) / 1_000.0)
                .put("heapBytes", result.heapBytes())
                .put("targets", targets)
                .encode();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
