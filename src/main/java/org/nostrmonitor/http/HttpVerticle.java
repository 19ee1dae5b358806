package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves pages, API, health and metrics on one port. */
public final class HttpVerticle extends VerticleBase {
    private final WebServer server;

    public HttpVerticle(WebServer server) {
        this.server = server;
    }

    @Override
    public Future<?> start() {
        return server.start();
    }

    @Override
    public Future<?> stop() {
        return server.stop();
    }
}
