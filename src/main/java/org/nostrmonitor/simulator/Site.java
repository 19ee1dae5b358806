package org.nostrmonitor.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;

/** What answers under one host name. */
interface Site {
    /** A request that is no WebSocket upgrade. */
    void request(Vertx vertx, HttpServerRequest request);

    /** An upgrade, to be accepted or rejected, now or later. */
    void upgrade(Vertx vertx, ServerWebSocketHandshake handshake);
}
