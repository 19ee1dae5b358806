package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.simulator.SimulatedNetwork.Options;

class SimulatedNetworkTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        PlainClient.await(vertx.close());
    }

    private SimulatedNetwork start(Options options) {
        return PlainClient.await(SimulatedNetwork.start(vertx, options));
    }

    private static List<String> facts(SimulatedNetwork network) {
        return network.relays().stream()
                .map(relay -> relay.name() + relay.url().secure() + relay.seed() + relay.document())
                .toList();
    }

    @Test
    void theSameSeedGivesTheSameRelaysAndAnotherOneOthers() {
        List<String> first = facts(start(Options.of(100, 5, directory)));
        List<String> again = facts(start(Options.of(100, 5, directory)));
        List<String> other = facts(start(Options.of(100, 6, directory)));
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void writesAConfigurationForAMonitor() throws IOException {
        SimulatedNetwork network = start(Options.of(20, 1, directory.resolve("made/for/it")));
        JsonObject config = new JsonObject(Files.readString(network.config()));
        JsonObject relays = config.getJsonObject("relays");
        JsonObject ofNetwork = config.getJsonObject("network");
        assertThat(relays.getBoolean("builtin")).isFalse();
        assertThat(relays.getJsonArray("files"))
                .isEqualTo(new JsonArray().add(network.relayList().toString()));
        assertThat(config.getJsonObject("publish").getJsonArray("relays"))
                .isEqualTo(new JsonArray().add(network.target().url().value()));
        assertThat(ofNetwork.getJsonArray("allowAddresses")).containsExactly("127.0.0.0/8");
        assertThat(ofNetwork.getJsonArray("trustedCertificates"))
                .containsExactly(network.authorityPem().toString());
        assertThat(Files.readString(network.authorityPem())).contains("BEGIN CERTIFICATE");
        assertThat(config.getString("dataDirectory")).endsWith("made/for/it/data");
        assertThat(config.getJsonObject("monitor").getString("name")).isNotBlank();
    }

    @Test
    void writesEveryUrlAndEveryTruth() throws IOException {
        SimulatedNetwork network = start(Options.of(40, 1, directory));
        assertThat(Files.readAllLines(network.relayList()))
                .containsExactlyElementsOf(network.relays().stream()
                        .map(relay -> relay.url().value())
                        .toList());
        List<JsonObject> truths = Files.readAllLines(network.expected()).stream()
                .map(JsonObject::new)
                .toList();
        JsonObject expired = truths.stream()
                .filter(truth -> truth.getString("behaviour").equals("tls-expired"))
                .findFirst()
                .orElseThrow();
        assertThat(truths).hasSize(40);
        assertThat(expired.getString("url")).startsWith("wss://tls-expired-1.localhost:");
        assertThat(expired.getString("state")).isEqualTo("offline");
        assertThat(expired.getString("stage")).isEqualTo("tls");
        assertThat(expired.getString("reason")).isEqualTo("tls_expired");
    }

    @Test
    void stopsAndLeavesItsPortsFree() {
        SimulatedNetwork network = start(Options.of(20, 1, directory));
        PlainClient.await(network.stop());
        PlainClient.await(network.stop());
        for (int port : List.of(
                network.plainPort(), network.tlsPort(), network.target().url().port())) {
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .as("nobody listens on %d; somebody else's connection may have it by now", port)
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void takesThreePortsInARowAndLeavesNothingOpenWhenOneIsTaken() throws IOException {
        SimulatedNetwork free = start(Options.of(20, 1, directory));
        int port = free.plainPort();
        PlainClient.await(free.stop());
        Options options = new Options(20, 1, port, directory, 1);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port + 2));
            assertThatThrownBy(() -> start(options)).isInstanceOf(BindException.class);
        }
        SimulatedNetwork network = start(options);
        assertThat(List.of(
                        network.plainPort(),
                        network.tlsPort(),
                        network.target().url().port()))
                .containsExactly(port, port + 1, port + 2);
    }
}
