package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.simulator.PlainClient.Talk;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelaysThatFailTest {
    private static final ClientMessage ASK = new ClientMessage.Req("ask", List.of(Filter.ANY.withLimit(3)));

    private final Vertx vertx = Vertx.vertx();
    private SimulatedNetwork network;
    private PlainClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        network = PlainClient.await(SimulatedNetwork.start(
                vertx, SimulatedNetwork.Options.of(60, 7, directory).withLatencyScale(0.05)));
        client = new PlainClient(network);
    }

    @AfterAll
    void stop() {
        client.close();
        PlainClient.await(vertx.close());
    }

    private List<SimulatedRelay> all(Behaviour behaviour) {
        List<SimulatedRelay> found = network.relays().stream()
                .filter(relay -> relay.behaviour() == behaviour)
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    @Test
    void aSilentRelayOpensAndAnswersPingsOnly() {
        Talk talk = client.open(all(Behaviour.SILENT).get(0).url());
        talk.say(ASK);
        talk.awaitPong();
        assertThat(talk.heardNothing()).isTrue();
    }

    @Test
    void aRelayClosesMidwayWhenAsked() {
        Talk talk = client.open(all(Behaviour.CLOSING_MIDWAY).get(0).url());
        talk.say(ASK);
        talk.hearClosing();
    }

    @Test
    void nothingListensWhereConnectionsAreRefused() {
        for (SimulatedRelay relay : all(Behaviour.REFUSING)) {
            assertThatThrownBy(() -> client.open(relay.url())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aStatusComesInsteadOfTheUpgradeAndOfTheDocument() {
        for (SimulatedRelay relay : all(Behaviour.HTTP_STATUS)) {
            assertThatThrownBy(() -> client.open(relay.url()))
                    .isInstanceOfSatisfying(
                            UpgradeRejectedException.class,
                            rejected -> assertThat(client.get(relay.url(), "application/nostr+json")
                                            .status())
                                    .isEqualTo(rejected.getStatus()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TLS_.*")
    void aFaultyCertificateIsRefusedForItsOwnFault(Behaviour behaviour) {
        for (SimulatedRelay relay : all(behaviour)) {
            assertThat(relay.url().secure()).isTrue();
            assertThatThrownBy(() -> client.open(relay.url()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .satisfies(refused -> assertFault(behaviour, refused));
        }
    }

    private static void assertFault(Behaviour behaviour, Throwable refused) {
        switch (behaviour) {
            case TLS_EXPIRED -> assertThat(refused).hasRootCauseInstanceOf(CertificateExpiredException.class);
            case TLS_NOT_YET_VALID -> assertThat(refused).hasRootCauseInstanceOf(CertificateNotYetValidException.class);
            case TLS_WRONG_HOST ->
                assertThat(refused)
                        .rootCause()
                        .isInstanceOf(CertificateException.class)
                        .hasMessageContaining("No subject alternative DNS name matching");
            default -> assertThat(refused).hasRootCauseInstanceOf(CertPathBuilderException.class);
        }
    }

    @Test
    void anUnknownHostNameIsNotFound() {
        org.nostrmonitor.relay.RelayUrl unknown =
                org.nostrmonitor.relay.RelayUrl.of("ws://127.0.0.1:" + network.plainPort() + "/");
        assertThat(client.get(unknown, "text/html").status()).isEqualTo(404);
        assertThatThrownBy(() -> client.open(unknown)).isInstanceOf(UpgradeRejectedException.class);
    }
}
