package org.nostrmonitor.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.StoreBenchmark;
import org.nostrmonitor.storage.StoreBenchmark.TableSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many results a second the database takes, and how large it gets. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = "Store results in a generated PostgreSQL of its own, as fast as it takes them.")
public final class BenchStoreCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private BenchDatabase database = new BenchDatabase();

    @Option(names = "--seconds", defaultValue = "30", description = "default: ${DEFAULT-VALUE}")
    private int seconds;

    @Override
    public Integer call() throws IOException {
        database.run(
                Output.err(spec),
                (postgres, data) -> print(BenchDatabase.ask(
                        postgres,
                        PATIENCE.plusSeconds(seconds),
                        (vertx, connected) -> new StoreBenchmark(connected, database.size()).run(seconds))));
        return ExitCode.OK;
    }

    private void print(StoreBenchmark.Result result) {
        PrintWriter out = Output.out(spec);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(BenchDatabase.format(
                "%s; load average %.1f on %d cores",
                database.size(), load, Runtime.getRuntime().availableProcessors()));
        out.println(BenchDatabase.format(
                "stored %.0f results/s, commit p50 %.0f ms, p99 %.0f ms, %d bytes of log each",
                result.perSecond(), result.p50Millis(), result.p99Millis(), result.walBytes()));
        out.println(
                BenchDatabase.format("%-18s %12s %10s %12s %12s", "table", "rows", "MB", "bytes/row", "with index"));
        JsonObject tables = new JsonObject();
        for (Map.Entry<String, TableSize> table : result.tables().entrySet()) {
            TableSize size = table.getValue();
            long rows = Math.max(1, size.rows());
            out.println(BenchDatabase.format(
                    "%-18s %12d %10.0f %12d %12d",
                    table.getKey(),
                    size.rows(),
                    (size.heapBytes() + size.indexBytes()) / 1e6,
                    size.heapBytes() / rows,
                    (size.heapBytes() + size.indexBytes()) / rows));
            tables.put(
                    table.getKey(),
                    new JsonObject()
                            .put("rows", size.rows())
                            .put("heapBytes", size.heapBytes())
                            .put("indexBytes", size.indexBytes()));
        }
        out.println(new JsonObject()
                .put("benchmark", "store")
                .put("size", database.size().toString())
                .put("loadAverage", load)
                .put("resultsPerSecond", Math.round(result.perSecond()))
                .put("commitP50Millis", result.p50Millis())
                .put("commitP99Millis", result.p99Millis())
                .put("walBytesPerResult", result.walBytes())
                .put("tables", tables)
                .encode());
    }
}
