package org.nostrmonitor.cli;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.queue.BenchmarkResult;
import org.nostrmonitor.queue.QueueBenchmark;
import org.nostrmonitor.queue.RedisConnections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast the queue is: in the Redis of the configuration, or in one of its own in a temporary directory. */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Plan, claim and ack jobs in Redis, in a region of its own that is removed afterwards.")
public final class BenchQueueCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_JOBS = 1_000_000;
    private static final int MOST_WORKERS = 100;
    private static final int MOST_AT_ONCE = 500;
    private static final int REGION_BYTES = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--jobs", defaultValue = "100000", description = "jobs in each round (default: ${DEFAULT-VALUE})")
    private int jobs;

    @Option(names = "--workers", defaultValue = "4", description = "at the same time (default: ${DEFAULT-VALUE})")
    private int workers;

    @Option(names = "--batch", defaultValue = "50", description = "jobs in one claim (default: ${DEFAULT-VALUE})")
    private int batch;

    @Override
    public Integer call() throws IOException {
        require(jobs, MOST_JOBS, "--jobs");
        require(workers, MOST_WORKERS, "--workers");
        require(batch, MOST_AT_ONCE, "--batch");
        Optional<MonitorConfig> loaded = config.load(Flags.NONE, Output.err(spec));
        if (loaded.isEmpty()) {
            return ExitCode.USAGE;
        }
        MonitorConfig.Redis shared = loaded.get().redis();
        print(shared == null ? inOneOfItsOwn() : run(shared.uri()));
        return ExitCode.OK;
    }

    private void require(int value, int most, String option) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), option + ": a number from 1 to " + most);
        }
    }

    private BenchmarkResult inOneOfItsOwn() throws IOException {
        Path directory = Files.createTempDirectory("nostr-monitor-bench");
        try {
            EmbeddedRedis redis = EmbeddedRedis.start(directory);
            try {
                return run(redis.uri());
            } finally {
                redis.stop();
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private BenchmarkResult run(String uri) {
        Vertx vertx = Vertx.vertx();
        try {
            Redis redis = RedisConnections.open(vertx, uri);
            byte[] random = new byte[REGION_BYTES];
            new SecureRandom().nextBytes(random);
            String region = "bench-" + HexFormat.of().formatHex(random);
            return Await.of(new QueueBenchmark(redis, region, workers, batch).run(jobs), LIMIT, "Redis");
        } finally {
            Await.of(vertx.close(), CLOSE_LIMIT, "Vert.x");
        }
    }

    private void print(BenchmarkResult result) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int cores = Runtime.getRuntime().availableProcessors();
        BenchQueueText text = new BenchQueueText(result, workers, batch, load, cores);
        text.table().forEach(Output.out(spec)::println);
        Output.out(spec).println(text.json());
    }
}
