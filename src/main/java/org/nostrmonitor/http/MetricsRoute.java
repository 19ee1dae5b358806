package org.nostrmonitor.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /metrics}: what Prometheus reads. */
final class MetricsRoute {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final int TRIES = 5;

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;

    MetricsRoute(Vertx vertx, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.registry = registry;
    }

    void on(Router router) {
        router.get("/metrics").method(HttpMethod.HEAD).handler(this::scrape);
    }

    /** Gauges may ask the JVM what takes a while. */
    private void scrape(RoutingContext ctx) {
        vertx.executeBlocking(this::text)
                .onSuccess(text -> Response.fresh(ctx, TEXT, Buffer.buffer(text)))
                .onFailure(ctx::fail);
    }

    /** While the work of the node begins anew, the registry may meet a gauge twice for a moment, and refuses to tell anything. */
    private String text() {
        for (int left = TRIES; ; left--) {
            try {
                return registry.scrape();
            } catch (IllegalArgumentException twice) {
                if (left == 1) {
                    throw twice;
                }
            }
        }
    }
}
