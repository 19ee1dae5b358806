package org.nostrmonitor.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.storage.BenchData;
import org.nostrmonitor.storage.BenchSize;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Migrations;
import picocli.CommandLine.Option;

/** Options of the benchmarks of the database, and the PostgreSQL of its own that they run in. */
final class BenchDatabase {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final long FORGET_MINUTES = 5;

    @Option(
            names = "--data",
            required = true,
            description = "directory of the database: made if it is not there, used again if it is")
    private Path data = Path.of("");

    @Option(names = "--relays", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
    private int relays;

    @Option(
            names = "--deep",
            description = "so many of them have single results, and days for a year (default: a tenth)")
    private int deep;

    @Option(names = "--regions", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
    private int regions;

    @Option(names = "--days", defaultValue = "7", description = "of single results (default: ${DEFAULT-VALUE})")
    private int days;

    BenchSize size() {
        return new BenchSize(relays, deep == 0 ? Math.max(10, relays / 10) : deep, regions, days);
    }

    /** What is measured in it. */
    interface Work {
        void in(EmbeddedPostgres postgres, Path data) throws IOException;
    }

    /** Starts the server, makes the data if they are not there, and stops the server in the end. Blocks. */
    void run(PrintWriter progress, Work work) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        try {
            Migrations.run(postgres.uri());
            new BenchData(postgres.uri(), size(), text -> {
                        progress.println(text);
                        progress.flush();
                    })
                    .make();
            work.in(postgres, data);
        } finally {
            postgres.stop();
        }
    }

    /** What is asked of the database, with the time it may take. */
    interface Question<T> {
        io.vertx.core.Future<T> of(Vertx vertx, Database database);
    }

    static <T> T ask(EmbeddedPostgres postgres, Duration limit, Question<T> question) {
        Vertx vertx = Vertx.vertx();
        try {
            Database database = Database.connect(vertx, postgres.uri(), Database.DEFAULT_SIZE);
            T answer = Await.of(question.of(vertx, database), limit, "PostgreSQL");
            Await.of(database.close(), CLOSE_LIMIT, "PostgreSQL");
            return answer;
        } finally {
            Await.of(vertx.close(), CLOSE_LIMIT, "Vert.x");
        }
    }

    /**
     * Starts the server anew, with nothing in its memory and none of its larger files in that of the system: the files of
     * this directory only, which needs no rights and troubles nobody else.
     */
    static void forget(EmbeddedPostgres postgres, Path data) {
        postgres.stop();
        try {
            Process process = new ProcessBuilder(
                            "find",
                            data.toString(),
                            "-type",
                            "f",
                            "-size",
                            "+0",
                            "-exec",
                            "dd",
                            "if={}",
                            "iflag=nocache",
                            "count=0",
                            "status=none",
                            ";")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(FORGET_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new StartFailure("the system's cache could not be emptied", null);
            }
        } catch (IOException e) {
            throw new StartFailure("the system's cache could not be emptied: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
        postgres.restart();
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
