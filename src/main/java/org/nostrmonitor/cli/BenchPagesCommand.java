package org.nostrmonitor.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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

/** How long what pages and the API ask of the database takes: cold, and warm while results are stored. */
@Command(
        name = "pages",
        mixinStandardHelpOptions = true,
        description = "Time each question of the pages and the API in a generated PostgreSQL of its own.")
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
            defaultValue = "50",
            description = "that each is asked after the server was restarted and its files were dropped from the"
                    + " system's cache (default: ${DEFAULT-VALUE})")
    private int coldTimes;

    @Override
    public Integer call() throws IOException {
        database.run(Output.err(spec), (postgres, data) -> {
            EmbeddedRedis redis = EmbeddedRedis.start(data);
            try {
                BenchDatabase.forget(postgres, data);
                Map<String, Times> cold = ask(postgres, redis, coldTimes);
                print(cold, ask(postgres, redis, times));
            } finally {
                redis.stop();
            }
        });
        return ExitCode.OK;
    }

    private Map<String, Times> ask(EmbeddedPostgres postgres, EmbeddedRedis redis, int often) {
        return BenchDatabase.ask(
                postgres,
                PATIENCE,
                (vertx, connected) -> BenchSite.start(vertx, connected, redis.uri())
                        .compose(site -> new PagesBenchmark(connected, database.size(), site.pages())
                                .run(often, database.size().checksPerSecond())));
    }

    private void print(Map<String, Times> cold, Map<String, Times> warm) {
        PrintWriter out = Output.out(spec);
        double pace = database.size().checksPerSecond();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(BenchDatabase.format(
                "%s, %.0f results/s meanwhile; load average %.1f on %d cores",
                database.size(), pace, load, Runtime.getRuntime().availableProcessors()));
        out.println(BenchDatabase.format(
                "%-30s %9s %9s %9s %9s %9s", "ms", "warm p50", "warm p99", "cold p50", "cold p99", "cold max"));
        JsonObject questions = new JsonObject();
        warm.forEach((name, times) -> {
            Times first = Objects.requireNonNull(cold.get(name));
            out.println(BenchDatabase.format(
                    "%-30s %9.1f %9.1f %9.1f %9.1f %9.1f",
                    name, times.p50(), times.p99(), first.p50(), first.p99(), first.most()));
            questions.put(name, new JsonObject().put("warm", json(times)).put("cold", json(first)));
        });
        out.println(new JsonObject()
                .put("benchmark", "pages")
                .put("size", database.size().toString())
                .put("resultsPerSecond", pace)
                .put("loadAverage", load)
                .put("questions", questions)
                .encode());
    }

    private static JsonObject json(Times times) {
        return new JsonObject()
                .put("p50Millis", times.p50())
                .put("p99Millis", times.p99())
                .put("maxMillis", times.most());
    }
}
