package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.config.Secret;
import org.nostrmonitor.nip66.MonitorAnnouncement;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.simulator.Behaviour;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.simulator.TargetRelay;
import org.nostrmonitor.storage.PgAdministration;
import org.nostrmonitor.storage.SharedSettings.Shared;
import org.nostrmonitor.testing.RealPostgres;
import org.nostrmonitor.testing.RealRedis;

/** A whole node whose settings are changed while it runs. */
@Timeout(60)
class ChangedSettingsTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private SimulatedNetwork network;
    private TargetRelay other;
    private Monitor monitor;

    @BeforeEach
    void aNodeRuns() {
        network = await(SimulatedNetwork.start(
                vertx, SimulatedNetwork.Options.of(20, 66, directory).withLatencyScale(0)));
        other = await(TargetRelay.start(vertx, 0, InstantSource.system()));
        monitor = new Monitor(config(), registry);
        await(vertx.deployVerticle(monitor));
    }

    @AfterEach
    void everythingEnds() {
        await(monitor.shutDown());
        await(vertx.close());
    }

    @Test
    void goesByWhatItsSettingsSayNowWithoutARestart() {
        await(network.target().await(event -> event.kind() == RelayDiscovery.KIND, PATIENCE));
        assertThat(connected(network.target())).isTrue();

        change(new JsonObject()
                .put("schedule", new JsonObject().put("cron", "*/5 * * * *"))
                .put(
                        "publish",
                        new JsonObject()
                                .put("relays", new JsonArray().add(other.url().value()))));

        NostrEvent announced = await(other.await(event -> event.kind() == MonitorAnnouncement.KIND, PATIENCE));
        assertThat(announced.tag("frequency")).contains("300");
        until(() -> askForACheck(), answer -> !answer.tickets().isEmpty());
        await(other.await(event -> event.kind() == RelayDiscovery.KIND, PATIENCE));
        until(() -> Future.succeededFuture(connected(other)), connected -> connected);
        assertThat(connected(network.target())).isFalse();
        assertThat(registry.get("monitor.worker.slots").gauge().value()).isPositive();
    }

    /** Nobody may serve requests for a moment. */
    private Future<CheckRequested> askForACheck() {
        CheckRequest request = new CheckRequest(healthy().value(), null);
        return vertx.eventBus()
                .<CheckRequested>request(Messages.CHECK_REQUESTED.address(), request)
                .map(Message::body)
                .otherwise(new CheckRequested(false, List.of()));
    }

    private RelayUrl healthy() {
        return network.relays().stream()
                .filter(relay -> relay.behaviour() == Behaviour.HEALTHY)
                .findFirst()
                .orElseThrow()
                .url();
    }

    private void change(JsonObject changes) {
        await(Foundations.lay(vertx, config(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .compose(own -> new PgAdministration(own.database(), Shared.of(config()))
                        .changeSettings(changes)
                        .eventually(own::close)));
    }

    private boolean connected(TargetRelay target) {
        return registry.find("monitor.publish.connected").gauges().stream()
                .filter(gauge -> gauge.getId().getTags().stream()
                        .anyMatch(tag -> tag.getValue().equals(target.url().value())))
                .anyMatch(gauge -> gauge.value() == 1);
    }

    private MonitorConfig config() {
        MonitorConfig usual = MonitorConfig.DEFAULT;
        return new MonitorConfig(
                EnumSet.allOf(Role.class),
                "here",
                directory.resolve("data"),
                new MonitorConfig.Postgres(POSTGRES.uri()),
                new MonitorConfig.Redis(REDIS.server().uri()),
                new Identity(null, Secret.of(SecretKey.random().nsec()), "The monitor of this test", "", null),
                usual.schedule(),
                new MonitorConfig.Relays(List.of(healthy().value()), List.of(), false),
                usual.checks(),
                new MonitorConfig.Publish(List.of(network.target().url())),
                usual.discovery(),
                new MonitorConfig.Network(List.of("127.0.0.0/8"), List.of(), List.of(network.authorityPem()), Map.of()),
                usual.geo(),
                usual.rateLimits(),
                usual.retention(),
                usual.worker(),
                new MonitorConfig.Http("127.0.0.1", 0, null),
                usual.cluster());
    }
}
