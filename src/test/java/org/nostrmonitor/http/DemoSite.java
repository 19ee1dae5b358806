package org.nostrmonitor.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetStateJson;
import org.nostrmonitor.http.Readiness.Dependency;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RememberedFigures;

/** A whole server over made-up data, with switches for what can be away. */
final class DemoSite {
    final DemoViews views;
    final DemoHistory history;
    final DemoMonitors monitors;
    final DemoStatistics statistics;
    final DemoOperations operations;
    final DemoQueue queue;
    final DemoAdministration administration = new DemoAdministration();
    final RememberedFigures figures = new RememberedFigures();
    final Bus bus;
    final WebServer server;
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    volatile boolean started = true;

    /** @param adminToken the file of the admin token, or null to have none */
    DemoSite(Vertx vertx, List<DemoRelay> relays, InstantSource clock, int port, @Nullable Path adminToken) {
        this(vertx, relays, clock, port, adminToken, WebLimits.of(20, List.of("127.0.0.0/8", "::1/128")));
    }

    DemoSite(
            Vertx vertx,
            List<DemoRelay> relays,
            InstantSource clock,
            int port,
            @Nullable Path adminToken,
            WebLimits limits) {
        this(vertx, Bus.on(vertx), relays, clock, port, adminToken, limits, null);
    }

    /** @param door of a relay of our own, or null */
    DemoSite(
            Vertx vertx,
            Bus bus,
            List<DemoRelay> relays,
            InstantSource clock,
            int port,
            @Nullable Path adminToken,
            WebLimits limits,
            @Nullable RelayDoor door) {
        views = new DemoViews(relays, clock);
        history = new DemoHistory(relays, clock, () -> views.away);
        statistics = new DemoStatistics(relays, clock, () -> views.away);
        monitors = new DemoMonitors(relays, clock, () -> views.away);
        operations = new DemoOperations(clock);
        operations.empty = relays.isEmpty();
        queue = new DemoQueue(clock);
        this.bus = bus;
        figures.figures.put(
                "cycle.eu-west",
                new JsonObject()
                        .put("planned", DemoOperations.PLANNED)
                        .put("remaining", 14)
                        .put("done", 45)
                        .put("dead", 1)
                        .put("perSecond", 0.12)
                        .put("leftSeconds", 117));
        figures.figures.put(
                RecentResults.SYSTEM,
                new JsonObject()
                        .put("outboxEvents", 1_204)
                        .put("databaseBytes", 214_000_000_000L)
                        .put("partitionDays", 8));
        figures.figures.put(
                RecentResults.TARGETS,
                TargetStateJson.write(List.of(
                        target("wss://relay.publisher-one.example/", clock),
                        target("wss://target-five.example/", clock))));
        metrics.counter("nostrmonitor.demo").increment();
        Readiness readiness = new Readiness(
                () -> started,
                List.of(
                        new Dependency("postgres", () -> answer(views.away)),
                        new Dependency("redis", () -> answer(queue.away))));
        WebSettings settings = new WebSettings(
                "127.0.0.1",
                port,
                "eu-west",
                "Nostr Monitor",
                "da".repeat(32),
                () -> "*/15 * * * *",
                adminToken,
                limits,
                true);
        server = new WebServer(
                vertx,
                new Sources(
                        views,
                        history,
                        statistics,
                        monitors,
                        operations,
                        operations,
                        operations,
                        queue,
                        queue,
                        queue,
                        figures,
                        administration,
                        bus),
                settings,
                readiness,
                metrics,
                clock,
                door);
    }

    private static TargetState target(String url, InstantSource clock) {
        return new TargetState(RelayUrl.of(url), true, 0, 36_198, 0, clock.instant(), null, null, null);
    }

    private static Future<?> answer(boolean away) {
        return away ? Future.failedFuture(new ConnectException()) : Future.succeededFuture();
    }
}
