package org.nostrmonitor.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.List;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.http.Readiness.Dependency;
import org.nostrmonitor.testing.RememberedFigures;

/** A whole server over made-up data, with switches for what can be away. */
final class DemoSite {
    final DemoViews views;
    final DemoOperations operations;
    final WebServer server;
    volatile boolean started = true;

    DemoSite(Vertx vertx, List<DemoRelay> relays, InstantSource clock, int port) {
        views = new DemoViews(relays, clock);
        operations = new DemoOperations(clock);
        operations.empty = relays.isEmpty();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.counter("nostrmonitor.demo").increment();
        Readiness readiness = new Readiness(
                () -> started,
                List.of(
                        new Dependency("postgres", () -> answer(views.away)),
                        new Dependency("redis", () -> answer(operations.redisAway))));
        WebSettings settings =
                new WebSettings("127.0.0.1", port, "eu-west", "Nostr Monitor", "da".repeat(32), "*/15 * * * *", true);
        server = new WebServer(
                vertx,
                new Sources(
                        views,
                        operations,
                        operations,
                        operations,
                        operations,
                        operations,
                        new RememberedFigures(),
                        Bus.on(vertx)),
                settings,
                readiness,
                metrics,
                clock);
    }

    private static Future<?> answer(boolean away) {
        return away ? Future.failedFuture(new ConnectException()) : Future.succeededFuture();
    }
}
