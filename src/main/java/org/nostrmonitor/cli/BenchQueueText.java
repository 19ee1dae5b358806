package org.nostrmonitor.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nostrmonitor.queue.BenchmarkResult;
import org.nostrmonitor.queue.BenchmarkResult.ScriptTimes;

/**
 * The figures of {@code bench queue}, for people and for programs.
 *
 * @param load the load average of the last minute, which says whether the figures are worth something
 */
record BenchQueueText(BenchmarkResult result, int workers, int batch, double load, int cores) {
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%d jobs, %d workers, batches of %d; load average %.1f on %d cores",
                result.jobs(), workers, batch, load, cores));
        lines.add(format("plan       %9.0f jobs/s", result.plansPerSecond()));
        lines.add(format("claim+ack  %9.0f jobs/s", result.donePerSecond()));
        lines.add(format(
                "bytes/job  %d waiting, %d leased, %d done",
                result.bytesWaiting(), result.bytesLeased(), result.bytesDone()));
        lines.add(format("%-8s %8s %10s %10s %12s", "script", "calls", "p50 µs", "p99 µs", "in Redis µs"));
        for (ScriptTimes script : result.scripts()) {
            lines.add(format(
                    "%-8s %8d %10.0f %10.0f %12.0f",
                    script.name(), script.calls(), script.p50Micros(), script.p99Micros(), script.serverMicros()));
        }
        return lines;
    }

    String json() {
        JsonArray scripts = new JsonArray();
        for (ScriptTimes script : result.scripts()) {
            scripts.add(new JsonObject()
                    .put("script", script.name())
                    .put("calls", script.calls())
                    .put("p50Micros", Math.round(script.p50Micros()))
                    .put("p99Micros", Math.round(script.p99Micros()))
                    .put("serverMicros", Math.round(script.serverMicros())));
        }
        return new JsonObject()
                .put("benchmark", "queue")
                .put("jobs", result.jobs())
                .put("workers", workers)
                .put("batch", batch)
                .put("loadAverage", load)
                .put("cores", cores)
                .put("plansPerSecond", Math.round(result.plansPerSecond()))
                .put("claimAcksPerSecond", Math.round(result.donePerSecond()))
                .put("bytesWaiting", result.bytesWaiting())
                .put("bytesLeased", result.bytesLeased())
                .put("bytesDone", result.bytesDone())
                .put("scripts", scripts)
                .encode();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
