package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.simulator.Expected;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.simulator.SimulatedRelay;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.MonitorProcess;

/**
 * The fat jar, as the README starts it, against a simulated network of 200 relays: what it says of each is compared with
 * what that relay is. Then it is stopped, started, killed and started again over the same data.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class WholeMonitorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static SimulatedNetwork network;
    private static MonitorProcess monitor;
    private static Api api;
    private static String firstCycle;

    @BeforeAll
    static void startsBoth() throws Exception {
        vertx = Vertx.vertx();
        network = await(SimulatedNetwork.start(
                vertx,
                SimulatedNetwork.Options.of(200, 66, directory.resolve("simulated"))
                        .withLatencyScale(0.2)));
        startMonitor();
    }

    @AfterAll
    static void stopsBoth() {
        monitor.close();
        await(vertx.close());
    }

    private static void startMonitor() throws Exception {
        monitor = MonitorProcess.start(
                directory, Map.of(), "-conf", network.config().toString(), "--http-port", "0");
        api = new Api(monitor.dashboard());
    }

    @Test
    @Order(1)
    void completesACycleAtOnce() {
        List<JsonObject> cycles = api.awaitCycles(WholeMonitorIT::newestIsComplete, PATIENCE);

        assertThat(cycles).hasSize(1);
        assertThat(cycles.get(0).getInteger("planned")).isEqualTo(200);
        firstCycle = cycles.get(0).getString("cycle");
    }

    @Test
    @Order(2)
    void saysOfEveryRelayWhatItIs() {
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

        assertThat(wrong).isEmpty();
        assertThat(found).hasSize(200);
    }

    private static String verdict(JsonObject relay) {
        return relay.getString("state") + " at " + relay.getString("stage") + " for " + relay.getString("reason")
                + ", writable " + Boolean.TRUE.equals(relay.getBoolean("writable"));
    }

    private static String truth(Expected expected) {
        return expected.state().label() + " at "
                + (expected.stage() == null ? null : expected.stage().label()) + " for "
                + (expected.reason() == null ? null : expected.reason().label()) + ", writable "
                + expected.writable();
    }

    @Test
    @Order(3)
    void tellsTheTargetOfEveryOnlineRelayAndOfNoOther() throws Exception {
        Set<String> online = network.relays().stream()
                .filter(relay -> relay.expected().state().isUp())
                .map(relay -> relay.url().value())
                .collect(Collectors.toSet());
        awaitTarget(online.size());

        List<NostrEvent> discoveries = ofKind(RelayDiscovery.KIND);

        assertThat(discoveries).allMatch(Signatures::verify);
        assertThat(discoveries.stream().map(event -> event.tag("d").orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(online);
    }

    private static void awaitTarget(int discoveries) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ofKind(RelayDiscovery.KIND).size() < discoveries && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(100).toNanos());
        }
    }

    private static List<NostrEvent> ofKind(int kind) {
        return network.target().events().stream()
                .filter(event -> event.kind() == kind)
                .toList();
    }

    @Test
    @Order(4)
    void announcesItself() {
        for (int kind : List.of(0, 10002, 10166)) {
            assertThat(ofKind(kind)).as("kind " + kind).hasSize(1).allMatch(Signatures::verify);
        }
        assertThat(ofKind(10166).get(0).tag("frequency")).contains("900");
    }

    @Test
    @Order(5)
    void keepsItsKeyToItself() throws Exception {
        Path key = directory.resolve("simulated/data/monitor.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(String.join("\n", monitor.output()))
                .doesNotContain(Files.readString(key).strip());
    }

    @Test
    @Order(6)
    void stopsWithinTenSecondsOfSigterm() throws Exception {
        monitor.terminate();

        assertThat(monitor.awaitExit(Duration.ofSeconds(10))).isIn(0, 143);
    }

    @Test
    @Order(7)
    void goesOnWithItsDataAfterARestart() throws Exception {
        startMonitor();

        assertThat(api.cycles().get(0).getString("cycle")).isEqualTo(firstCycle);
        assertThat(api.json("/api/v1/relays?limit=1").getInteger("total")).isEqualTo(200);
        assertThat(ofKind(10166)).hasSize(1);
    }

    @Test
    @Order(8)
    void startsAgainAfterItWasKilled() throws Exception {
        monitor.kill();
        monitor.awaitExit(Duration.ofSeconds(5));

        startMonitor();

        assertThat(api.json("/api/v1/relays?limit=1").getInteger("total")).isEqualTo(200);
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
    }

    private static boolean newestIsComplete(List<JsonObject> cycles) {
        return !cycles.isEmpty() && cycles.get(0).getString("state").equals("complete");
    }
}
