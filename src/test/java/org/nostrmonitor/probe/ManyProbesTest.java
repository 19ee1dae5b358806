package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.READ;
import static org.nostrmonitor.relay.CheckType.WRITE;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.bus.Messages.ProbeRequest;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;

class ManyProbesTest {
    private final ProbeLab lab = new ProbeLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void passTwoHundredAtATimeAgainstARelayFiftyMillisecondsAway() throws Exception {
        for (CheckType check : CheckType.values()) {
            lab.waiting(check, 30_000);
        }
        ScriptedRelay relay = new ScriptedRelay(lab.vertx)
                .onMessage((socket, message) -> later(() -> ScriptedRelay.answerLikeAnEmptyRelay(socket, message)))
                .onRequest(request -> later(() -> request.response().end("{}").onFailure(ignored -> {})))
                .start();
        List<Future<ProbeAnswer>> probes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            probes.add(lab.prober().probe(lab.job(relay.ws() + "/" + i, READ, WRITE, NIP11)));
        }
        for (Future<ProbeAnswer> probe : probes) {
            CheckReport report = ProbeLab.report(probe);
            assertThat(List.of(report.open(), report.read(), report.write(), report.nip11()))
                    .allMatch(outcome -> outcome.passed());
            assertThat(report.phases().read()).isGreaterThanOrEqualTo(java.time.Duration.ofMillis(45));
            assertThat(report.loopLag()).isPositive();
        }
        for (var socket : relay.sockets) {
            socket.get(3, TimeUnit.SECONDS);
        }
    }

    private void later(Runnable answer) {
        lab.vertx.setTimer(50, ignored -> answer.run());
    }

    @Test
    void areServedOnTheBusByAVerticlePerEventLoop() {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        ProbeSettings settings = ProbeSettings.of(
                new MonitorConfig.Network(
                        List.of("127.0.0.0/8"),
                        List.of(),
                        List.of(),
                        java.util.Map.of("tor", "socks5://127.0.0.1:9050")),
                MonitorConfig.DEFAULT.geo());
        Bus bus = Bus.on(lab.vertx);
        String deployment = ProbeLab.await(lab.vertx.deployVerticle(
                () -> new ProbeVerticle(
                        bus,
                        () -> new RelayProber(
                                lab.vertx,
                                settings,
                                KeyRing.of(ProbeLab.SIGNER),
                                AddressLimits.NONE,
                                InstantSource.system())),
                new DeploymentOptions().setInstances(2)));
        CheckJob job = lab.job(relay.ws(), READ, WRITE);
        for (int i = 0; i < 4; i++) {
            CheckReport report =
                    ProbeLab.await(bus.request(Messages.PROBE, new ProbeRequest(job), RelayProber.patience(job))
                            .map(ProbeAnswer::report));
            assertThat(report.write().passed()).isTrue();
        }
        ProbeLab.await(lab.vertx.undeploy(deployment));
        assertThat(relay.heard).contains(new JsonArray().add("CLOSE").add("write"));
    }
}
