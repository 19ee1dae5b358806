package org.nostrmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.queue.RedisConnections;

/** Real servers are killed, and come back where they were with what they had. */
@Timeout(120)
class CrashedServersTest {
    private static final Path PROGRAMS = Path.of("target");
    /** A monitor that is told to end halts itself after 8.5 s. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void redisComesBackWithItsDataAtTheSameUri() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(directory);
        Supervisor supervisor = Supervisor.of(redis, meters);
        Vertx vertx = Vertx.vertx();
        try {
            Redis client = RedisConnections.open(vertx, redis.uri());
            await(client.send(Request.cmd(Command.SET, "kept", "42")));
            long crashed = redis.pid();

            kill(ProcessHandle.of(crashed).orElseThrow());
            String kept = until(() -> read(client), answer -> !answer.isEmpty());

            assertThat(kept).isEqualTo("42");
            assertThat(redis.pid()).isNotEqualTo(crashed);
            awaitRestarts("redis", 1);
        } finally {
            await(vertx.close());
            supervisor.stop();
        }
        assertThat(ProcessHandle.of(redis.pid())).isEmpty();
    }

    private static Future<String> read(Redis client) {
        return client.send(Request.cmd(Command.GET, "kept"))
                .map(String::valueOf)
                .otherwise("");
    }

    @Test
    void postgresComesBackThoughOneOfItsProcessesIsStillBusy() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);
        Supervisor supervisor = Supervisor.of(postgres, meters);
        try (Connection busy = DriverManager.getConnection(postgres.jdbcUrl());
                Statement counting = busy.createStatement()) {
            counting.execute("CREATE TABLE kept AS SELECT 42 AS answer");
            Thread asking = new Thread(() -> ask(counting, "SELECT count(*) FROM generate_series(1, 1000000000)"));
            asking.start();

            kill(postgres.process().orElseThrow());
            String kept = until(() -> Future.succeededFuture(kept(postgres)), answer -> !answer.isEmpty());

            assertThat(kept).isEqualTo("42");
            awaitRestarts("postgresql", 1);
            asking.join();
        } finally {
            supervisor.stop();
        }
        assertThat(nothingIsLeft()).isTrue();
    }

    /** Empty while it is away. */
    private static String kept(EmbeddedPostgres postgres) {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            return ask(statement, "SELECT answer FROM kept");
        } catch (SQLException e) {
            return "";
        }
    }

    private static String ask(Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            return "";
        }
    }

    /** The delays, here and below, go through the moments of a restart; no condition could name them. */
    @Test
    void nothingIsLeftOfARedisThatWasStoppedWhileItCameBack() throws Exception {
        for (int delayMs : List.of(0, 400, 600, 800, 1_000, 1_200)) {
            EmbeddedRedis redis = EmbeddedRedis.start(directory);
            Supervisor supervisor = Supervisor.of(redis, meters);
            kill(ProcessHandle.of(redis.pid()).orElseThrow());
            Thread.sleep(delayMs);

            assertThat(timeToStop(supervisor)).isLessThan(STOP_LIMIT);

            assertThat(ProcessHandle.of(redis.pid())).isEmpty();
        }
    }

    @Test
    void nothingIsLeftOfAPostgresThatWasStoppedWhileItCameBack() throws Exception {
        for (int delayMs : List.of(0, 500, 650, 800, 1_000, 1_200)) {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);
            Supervisor supervisor = Supervisor.of(postgres, meters);
            kill(postgres.process().orElseThrow());
            Thread.sleep(delayMs);

            assertThat(timeToStop(supervisor)).isLessThan(STOP_LIMIT);

            assertThat(nothingIsLeft()).as("after " + delayMs + " ms").isTrue();
        }
    }

    /** The moments between the call of {@code pg_ctl} and the pid file are the dangerous ones. */
    @Test
    void aPostgresThatIsHalfUpCanBeStopped() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);
        for (int delayMs = 0; delayMs < 60; delayMs += 4) {
            postgres.stop();
            Thread starting = new Thread(() -> restartUnlessInterrupted(postgres));
            starting.start();
            Thread.sleep(delayMs);
            starting.interrupt();
            starting.join();

            postgres.stop();

            assertThat(nothingIsLeft()).as("after " + delayMs + " ms").isTrue();
        }
    }

    private static void restartUnlessInterrupted(EmbeddedPostgres postgres) {
        try {
            postgres.restart();
        } catch (CannotStartPostgres interrupted) {
            assertThat(interrupted).hasMessageContaining("interrupted");
        }
    }

    private static Duration timeToStop(Supervisor supervisor) throws Exception {
        long since = System.nanoTime();
        supervisor.stop();
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** No process names the data folder or works in it: asked of the system, and not of the code that is tested. */
    private boolean nothingIsLeft() throws Exception {
        Path data = directory.toRealPath().resolve("postgres/data");
        return ProcessHandle.allProcesses().noneMatch(process -> names(process, data) || sitsIn(process, data));
    }

    private static boolean names(ProcessHandle process, Path data) {
        try {
            Path line = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
            return new String(Files.readAllBytes(line), StandardCharsets.UTF_8).contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean sitsIn(ProcessHandle process, Path data) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .equals(data);
        } catch (IOException gone) {
            return false;
        }
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void awaitRestarts(String server, int count) {
        until(
                () -> Future.succeededFuture(meters.get("monitor.embedded.restarts")
                        .tag("server", server)
                        .counter()
                        .count()),
                counted -> counted == count);
    }
}
