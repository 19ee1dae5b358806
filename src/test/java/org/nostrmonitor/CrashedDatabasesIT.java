package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.simulator.Expected;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.simulator.SimulatedRelay;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.MonitorProcess;

/** The embedded databases of the fat jar are killed in the middle of a cycle, which is completed all the same. */
@Timeout(360)
class CrashedDatabasesIT {
    private static final int RELAYS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BACK = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Vertx vertx;
    private SimulatedNetwork network;
    private MonitorProcess monitor;
    private Api api;

    @BeforeEach
    void startsBoth() throws Exception {
        vertx = Vertx.vertx();
        network = await(
                SimulatedNetwork.start(vertx, SimulatedNetwork.Options.of(RELAYS, 68, directory.resolve("simulated"))));
        monitor = MonitorProcess.start(directory, Map.of(), "-conf", slowly().toString(), "--http-port", "0");
        api = new Api(monitor.dashboard());
    }

    @AfterEach
    void stopsBoth() {
        monitor.close();
        await(vertx.close());
    }

    /** Few probes at a time, so that a cycle takes long enough to be hit. */
    private Path slowly() throws Exception {
        JsonObject config = new JsonObject(Files.readString(network.config()));
        config.put("worker", new JsonObject().put("concurrency", 4));
        return Files.writeString(directory.resolve("config.json"), config.encodePrettily());
    }

    @Test
    void aCycleIsCompletedThoughRedisAndThenPostgresAreKilledInItsMiddle() throws Exception {
        String cycle = api.awaitCycles(seen -> !seen.isEmpty(), PATIENCE).get(0).getString("cycle");
        awaitChecked(10);
        long redis = redisPid();
        kill(redis);
        monitor.awaitLine("embedded Redis is back", BACK);
        awaitChecked(25);
        long postgres = postgresPid();
        kill(postgres);
        monitor.awaitLine("embedded PostgreSQL is back", BACK);
        assertThat(stateOf(cycle, api.cycles()))
                .as("when the last one was back")
                .isEqualTo("running");

        api.awaitCycles(cycles -> stateOf(cycle, cycles).equals("complete"), PATIENCE);

        assertThat(wrongVerdicts()).isEmpty();
        assertThat(redisPid()).isNotEqualTo(redis);
        assertThat(postgresPid()).isNotEqualTo(postgres);
        assertThat(restarts("redis")).isEqualTo(1);
        assertThat(restarts("postgresql")).isEqualTo(1);
        stopsWithoutATrace();
    }

    private void stopsWithoutATrace() throws Exception {
        List<Long> servers = List.of(redisPid(), postgresPid());
        monitor.terminate();
        monitor.awaitExit(Duration.ofSeconds(10));

        assertThat(servers).noneMatch(CrashedDatabasesIT::runs);
        assertThat(monitor.output())
                .noneMatch(line -> line.contains("gave up") || line.contains("could not be stopped"));
    }

    /** PostgreSQL is nobody's child: it may stay in the table of processes, without a command line, for a moment more. */
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"))
                    .isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    /** Until so many relays were checked, but not all. */
    private void awaitChecked(int relays) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (checked() < relays) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + checked() + " of " + relays + " relays were checked");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private long checked() {
        String unknown = RelayState.UNKNOWN.label();
        return api.allRelays().stream()
                .filter(relay -> !relay.getString("state").equals(unknown))
                .count();
    }

    private static String stateOf(String cycle, List<JsonObject> cycles) {
        return cycles.stream()
                .filter(one -> one.getString("cycle").equals(cycle))
                .map(one -> one.getString("state"))
                .findFirst()
                .orElse("");
    }

    private List<String> wrongVerdicts() {
        Map<String, JsonObject> found =
                api.allRelays().stream().collect(Collectors.toMap(relay -> relay.getString("url"), relay -> relay));
        List<String> wrong = new ArrayList<>();
        for (SimulatedRelay relay : network.relays()) {
            JsonObject seen = found.get(relay.url().value());
            String said = seen == null ? "nothing" : verdict(seen);
            if (!said.equals(truth(relay.expected()))) {
                wrong.add(relay.url() + " is " + truth(relay.expected()) + " but is said to be " + said);
            }
        }
        return wrong;
    }

    private static String verdict(JsonObject relay) {
        return relay.getString("state") + " for " + relay.getString("reason") + ", writable "
                + Boolean.TRUE.equals(relay.getBoolean("writable"));
    }

    private static String truth(Expected expected) {
        return expected.state().label() + " for "
                + (expected.reason() == null ? null : expected.reason().label()) + ", writable "
                + expected.writable();
    }

    private double restarts(String server) {
        return api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("monitor_embedded_restarts_total{server=\"" + server + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private long redisPid() throws Exception {
        return Long.parseLong(Files.readString(data("redis/redis.pid")).strip());
    }

    private long postgresPid() throws Exception {
        return Long.parseLong(
                Files.readAllLines(data("postgres/data/postmaster.pid")).get(0).strip());
    }

    private Path data(String file) {
        return directory.resolve("simulated/data").resolve(file);
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }
}
