package org.nostrmonitor.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Migrations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast events get from PostgreSQL to their targets: in a database of its own in a temporary directory. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Store signed events in a PostgreSQL of its own, and publish them to targets on loopback.")
public final class BenchPublishCommand implements Callable<Integer> {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final int MOST_EVENTS = 200_000;
    private static final int MOST_TARGETS = 50;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--events", defaultValue = "10000", description = "how many (default: ${DEFAULT-VALUE})")
    private int events;

    @Option(names = "--targets", defaultValue = "5", description = "for each event (default: ${DEFAULT-VALUE})")
    private int targets;

    @Override
    public Integer call() throws IOException {
        require(events, MOST_EVENTS, "--events");
        require(targets, MOST_TARGETS, "--targets");
        Path directory = Files.createTempDirectory("nostr-monitor-bench");
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
            try {
                print(run(postgres.uri()));
            } finally {
                postgres.stop();
            }
        } finally {
            delete(directory);
        }
        return ExitCode.OK;
    }

    private void require(int value, int most, String option) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), option + ": a number from 1 to " + most);
        }
    }

    private BenchPublishResult run(String uri) {
        Migrations.run(uri);
        Vertx vertx = Vertx.vertx();
        try {
            Database database = Database.connect(vertx, uri, Database.DEFAULT_SIZE);
            BenchPublishResult result = new BenchPublishRun(vertx, database, events).run(targets);
            Await.of(database.close(), CLOSE_LIMIT, "PostgreSQL");
            return result;
        } finally {
            Await.of(vertx.close(), CLOSE_LIMIT, "Vert.x");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void print(BenchPublishResult result) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        BenchPublishText text =
                new BenchPublishText(result, load, Runtime.getRuntime().availableProcessors());
        text.table().forEach(Output.out(spec)::println);
        Output.out(spec).println(text.json());
    }
}
