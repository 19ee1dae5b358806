package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.testing.MonitorProcess;

/** Two schedulers and a worker, over a shared PostgreSQL and Redis. The one that leads is killed just before a tick. */
@Timeout(300)
class KilledSchedulerIT {
    private static final Duration LATEST = Duration.ofSeconds(20);
    private static final int RELAYS = 20;
    private static final String KEY = SecretKey.random().nsec();

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static EmbeddedPostgres postgres;
    private static EmbeddedRedis redis;
    private static SimulatedNetwork network;
    private static final List<MonitorProcess> nodes = new ArrayList<>();

    @BeforeAll
    static void startsTheDatabases() throws Exception {
        vertx = Vertx.vertx();
        postgres = EmbeddedPostgres.start(directory.resolve("shared"));
        redis = EmbeddedRedis.start(directory.resolve("shared"));
        network = await(
                SimulatedNetwork.start(vertx, SimulatedNetwork.Options.of(RELAYS, 67, directory.resolve("simulated"))));
    }

    @AfterAll
    static void stopsEverything() throws Exception {
        nodes.forEach(MonitorProcess::close);
        await(vertx.close());
        redis.stop();
        postgres.stop();
    }

    @Test
    void anotherBeginsTheNextCycleOnceAndAtMostTwentySecondsLate() throws Exception {
        MonitorProcess worker = node("worker");
        worker.awaitLine("Health +http", Duration.ofSeconds(90));
        MonitorProcess one = node("scheduler");
        MonitorProcess two = node("scheduler");
        one.awaitLine("Health +http", Duration.ofSeconds(90));
        two.awaitLine("Health +http", Duration.ofSeconds(90));
        until("one of them leads", () -> leads(one) != leads(two), Duration.ofSeconds(30));
        MonitorProcess leader = leads(one) ? one : two;
        MonitorProcess other = leads(one) ? two : one;

        Instant tick = awaitTheSecondBeforeATick();
        leader.kill();
        until("the cycle of " + tick + " begins", () -> !begun(tick).isEmpty(), LATEST.plusSeconds(40));
        until("it is complete", () -> begun(tick).get(0).state().equals("complete"), Duration.ofSeconds(90));

        List<Cycle> cycles = begun(tick);
        Duration late = Duration.between(tick, cycles.get(0).startedAt());
        System.out.println("the next cycle began " + late.toMillis() + " ms after its tick");
        assertThat(leads(other)).isTrue();
        assertThat(cycles).as("cycles of this tick").hasSize(1);
        assertThat(late).isBetween(Duration.ZERO, LATEST);
        assertThat(cycles.get(0).results()).isEqualTo(cycles.get(0).planned()).isPositive();
    }

    private static boolean leads(MonitorProcess scheduler) {
        return scheduler.output().stream().anyMatch(line -> line.contains("This scheduler leads"));
    }

    private record Cycle(Instant startedAt, String state, int planned, int results) {}

    /** Those that are due from this tick on until before the next one; read past our own code. */
    private static List<Cycle> begun(Instant tick) {
        String sql = """
                SELECT started_at, state, planned,
                    (SELECT count(*) FROM relay_results WHERE relay_results.cycle = cycles.cycle) AS results
                FROM cycles
                WHERE cycle >= to_timestamp(%1$d) AND cycle < to_timestamp(%1$d + 60) AND state <> 'missed'""".formatted(tick.getEpochSecond());
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Cycle> cycles = new ArrayList<>();
            while (rows.next()) {
                cycles.add(new Cycle(
                        rows.getTimestamp("started_at").toInstant(),
                        rows.getString("state"),
                        rows.getInt("planned"),
                        rows.getInt("results")));
            }
            return cycles;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the leader's term just proved again, its death is noticed as late as can be. */
    private static Instant awaitTheSecondBeforeATick() {
        Instant now = Instant.now();
        Instant tick = now.plusSeconds(5).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        LockSupport.parkNanos(Duration.between(now, tick.minusSeconds(1)).toNanos());
        return tick;
    }

    private static void until(String what, BooleanSupplier isSo, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not so within " + patience + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static MonitorProcess node(String roles) throws Exception {
        JsonObject config = new JsonObject(Files.readString(network.config()));
        config.put("http", new JsonObject().put("port", 0));
        config.put("schedule", new JsonObject().put("cron", "* * * * *"));
        Path file = Files.writeString(directory.resolve("node" + nodes.size() + ".json"), config.encodePrettily());
        MonitorProcess node = MonitorProcess.start(
                directory,
                Map.of(
                        "NOSTR_MONITOR_POSTGRES_URI", postgres.uri(),
                        "NOSTR_MONITOR_REDIS_URI", redis.uri(),
                        "NOSTR_MONITOR_SECRET_KEY", KEY),
                "run",
                "-conf",
                file.toString(),
                "--roles",
                roles);
        nodes.add(node);
        return node;
    }
}
