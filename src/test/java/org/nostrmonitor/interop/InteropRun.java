package org.nostrmonitor.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.cli.Await;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.wire.ReportJson;

/** What a probe finds of {@code @nostr-relay/core}, whose source says what it does: see docs/probing-conversation.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropRun {
    private static final EventSigner SIGNER = EventSigner.of(SecretKey.random());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final NodeRelays relays;
    private final RelayProber prober;

    InteropRun() throws Exception {
        relays = NodeRelays.start();
        ProbeSettings settings = ProbeSettings.of(
                new MonitorConfig.Network(List.of("127.0.0.0/8"), List.of(), List.of(), Map.of()),
                MonitorConfig.DEFAULT.geo());
        prober = new RelayProber(vertx, settings, KeyRing.of(SIGNER), AddressLimits.NONE, InstantSource.system());
    }

    /** With nothing to find a search cannot be judged. */
    @BeforeAll
    void writesANote() {
        String note = new ClientMessage.Event(SIGNER.sign(new EventTemplate(
                        Instant.now().getEpochSecond() - 60, 1, List.of(), "The harbour was full of fog.")))
                .toJson();
        for (String name : List.of("open", "challenging")) {
            await(write(relays.url(name), note));
        }
    }

    private Future<String> write(String url, String event) {
        Promise<String> answer = Promise.promise();
        return client.connect(new WebSocketConnectOptions().setAbsoluteURI(url)).compose(socket -> {
            socket.textMessageHandler(text -> {
                if (text.startsWith("[\"OK\"")) {
                    answer.tryComplete(text);
                }
            });
            return socket.writeTextMessage(event)
                    .compose(sent -> answer.future())
                    .eventually(socket::close);
        });
    }

    @AfterAll
    void close() throws Exception {
        await(prober.close());
        await(vertx.close());
        relays.close();
    }

    private static <T> T await(Future<T> future) {
        return Await.of(future, PATIENCE, "the relay");
    }

    @Test
    void anOpenRelay() {
        CheckReport report = probe("open");
        assertThat(report.observed())
                .isEqualTo(Map.of(
                        Requirement.AUTH,
                        false,
                        Requirement.WRITES,
                        false,
                        Requirement.PAYMENT,
                        false,
                        Requirement.POW,
                        false));
        assertThat(report.write().evidence()).startsWith("echoed; [\"OK\"");
        assertThat(findings(report))
                .isEqualTo(Map.of(
                        11, Finding.CONFIRMED,
                        40, Finding.CONFIRMED,
                        42, Finding.NOT_TESTED,
                        45, Finding.REFUTED,
                        50, Finding.CONFIRMED,
                        70, Finding.REFUTED,
                        77, Finding.REFUTED));
    }

    @Test
    void aRelayThatOffersAuthentication() {
        CheckReport report = probe("challenging");
        assertThat(report.observed()).containsEntry(Requirement.AUTH, false);
        assertThat(findings(report)).containsEntry(42, Finding.CONFIRMED).containsEntry(50, Finding.CONFIRMED);
    }

    @Test
    void aRelayThatWantsAuthentication() {
        CheckReport report = probe("closed");
        assertThat(report.observed()).isEqualTo(Map.of(Requirement.AUTH, true, Requirement.POW, false));
        assertThat(findings(report)).containsEntry(42, Finding.CONFIRMED).containsEntry(40, Finding.CONFIRMED);
        assertThat(findings(report)).containsEntry(70, Finding.NOT_TESTED);
    }

    /** All three are there, can be read from and written to. The report is printed, to be looked at. */
    private CheckReport probe(String name) {
        Set<CheckType> checks = EnumSet.allOf(CheckType.class);
        Map<CheckType, Duration> timeouts =
                checks.stream().collect(Collectors.toMap(check -> check, check -> Duration.ofSeconds(10)));
        CheckJob job = new CheckJob(
                RelayUrl.of(relays.url(name)),
                "interop",
                Instant.EPOCH,
                checks,
                timeouts,
                SIGNER.publicKey(),
                List.of(),
                Priority.ON_DEMAND,
                1);
        CheckReport report = Objects.requireNonNull(await(prober.probe(job)).report());
        System.out.println(name + " " + ReportJson.write(report).encodePrettily());
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        assertThat(report.read().passed()).isTrue();
        assertThat(report.write().passed()).isTrue();
        return report;
    }

    private static Map<Integer, Finding> findings(CheckReport report) {
        Map<Integer, Finding> findings = new TreeMap<>();
        Map<Integer, Capability> tested = report.facts().capabilities();
        tested.forEach((nip, capability) -> findings.put(nip, capability.finding()));
        return findings;
    }
}
