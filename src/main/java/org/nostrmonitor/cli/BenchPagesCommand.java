package org.nostrmonitor.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.storage.PagesBenchmark;
import org.nostrmonitor.storage.PagesBenchmark.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long pages and routes of the API take while results are stored: cold, and warm. */
@Command(
        name = "pages",
        mixinStandardHelpOptions = true,
        description =
                "Time pages and routes of the API over a generated PostgreSQL of its own, while results are stored.")
public final class BenchPagesCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private BenchDatabase database = new BenchDatabase();

    @Option(
            names = "--times",
            defaultValue = "300",
            description = "that each is asked warm (default: ${DEFAULT-VALUE})")
    private int times;

    @Option(
            names = "--cold-times",
            defaultValue = "20",
            description = "that each is asked after the server was restarted and its files were dropped from the"
                    + " system's cache; 0 for not at all (default: ${DEFAULT-VALUE})")
    private int coldTimes;

    @Option(
            names = "--before",
            defaultValue = "60",
            description = "that each is asked before it is measured warm (default: ${DEFAULT-VALUE})")
    private int before;

    @Override
    public Integer call() throws IOException {
        database.run(Output.err(spec), (postgres, data) -> {
            EmbeddedRedis redis = EmbeddedRedis.start(data);
            try {
                Map<String, Times> cold = coldTimes == 0 ? Map.of() : cold(postgres, redis, data);
                print(cold, ask(postgres, redis, before, times));
            } finally {
                redis.stop();
            }
        });
        return ExitCode.OK;
    }

    private Map<String, Times> cold(EmbeddedPostgres postgres, EmbeddedRedis redis, Path data) {
        BenchDatabase.forget(postgres, data);
        return ask(postgres, redis, 0, coldTimes);
    }

    private Map<String, Times> ask(EmbeddedPostgres postgres, EmbeddedRedis redis, int unmeasured, int often) {
        return BenchDatabase.ask(
                postgres,
                PATIENCE,
                (vertx, connected) -> BenchSite.start(vertx, connected, redis.uri())
                        .compose(site -> new PagesBenchmark(
                                        connected, database.size(), BenchRequests.of(site, database.size()))
                                .run(unmeasured, often, database.size().checksPerSecond())));
    }

    private void print(Map<String, Times> cold, Map<String, Times> warm) {
        PrintWriter out = Output.out(spec);
        double pace = database.size().checksPerSecond();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(BenchDatabase.format(
                "%s, %.0f results/s meanwhile; load average %.1f on %d cores",
                database.size(), pace, load, Runtime.getRuntime().availableProcessors()));
        out.println();
        boolean warmOnly = cold.isEmpty();
        out.println("| ms | warm p50 | warm p99 |" + (warmOnly ? "" : " cold p50 | cold max |"));
        out.println("|---|---|---|" + (warmOnly ? "" : "---|---|"));
        JsonObject requests = new JsonObject();
        warm.forEach((name, times) -> {
            Times first = cold.get(name);
            String line = BenchDatabase.format("| `%s` | %.1f | %.1f |", name, times.p50(), times.p99());
            out.println(
                    first == null ? line : line + BenchDatabase.format(" %.1f | %.1f |", first.p50(), first.most()));
            JsonObject both = new JsonObject().put("warm", json(times));
            requests.put(name, first == null ? both : both.put("cold", json(first)));
        });
        out.println();
        out.println(new JsonObject()
                .put("benchmark", "pages")
                .put("size", database.size().toString())
                .put("resultsPerSecond", pace)
                .put("loadAverage", load)
                .put("requests", requests)
                .encode());
    }

    private static JsonObject json(Times times) {
        return new JsonObject()
                .put("p50Millis", times.p50())
                .put("p99Millis", times.p99())
                .put("maxMillis", times.most());
    }
}
