package org.nostrmonitor.simulator;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A port of 127.0.0.1 that many sites share, told apart by the Host header. Deployed once for each event loop that serves it. */
final class RelayPort implements Deployable {
    static final String LOOPBACK = "127.0.0.1";

    private final HttpServerOptions options;
    private final int asked;
    private final AtomicInteger actual;
    private final Function<String, @Nullable Site> siteOfHost;

    private RelayPort(
            HttpServerOptions options, int asked, AtomicInteger actual, Function<String, @Nullable Site> siteOfHost) {
        this.options = options;
        this.asked = asked;
        this.actual = actual;
        this.siteOfHost = siteOfHost;
    }

    /**
     * Listens. It is closed with the Vert.x instance, or by {@link Opened#close}.
     *
     * @param port 0 for any free one
     * @param loops how many event loops serve it
     * @return completes when all of them listen; fails if the port is taken
     */
    static Future<Opened> open(
            Vertx vertx, HttpServerOptions options, int port, int loops, Function<String, @Nullable Site> siteOfHost) {
        AtomicInteger actual = new AtomicInteger();
        int asked = port == 0 ? anyShared() : port;
        return vertx.deployVerticle(
                        () -> new RelayPort(options, asked, actual, siteOfHost),
                        new DeploymentOptions().setInstances(loops))
                .map(deployment -> new Opened(actual.get(), deployment));
    }

    /**
     * To Vert.x a negative port is any free one, the same for all servers of the instance that ask with the same number: so
     * the number has to be our own.
     */
    private static int anyShared() {
        return -1 - ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    }

    /** A port that is open. */
    record Opened(int port, String deployment) {
        Future<Void> close(Vertx vertx) {
            return vertx.undeploy(deployment);
        }
    }

    /** What all ports have in common: every size and wait bounded. */
    static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(LOOPBACK)
                .setIdleTimeout(Limits.IDLE_SECONDS)
                .setAcceptBacklog(Limits.BACKLOG)
                .setMaxWebSocketFrameSize(Limits.MOST_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(Limits.MOST_MESSAGE_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false);
    }

    @Override
    public Future<?> deploy(Context context) {
        Vertx vertx = context.owner();
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> request(vertx, request))
                .webSocketHandshakeHandler(handshake -> upgrade(vertx, handshake));
        return server.listen(asked, LOOPBACK).onSuccess(listening -> actual.set(listening.actualPort()));
    }

    private void request(Vertx vertx, HttpServerRequest request) {
        Site site = site(request.authority());
        if (site == null) {
            request.response()
                    .setStatusCode(404)
                    .end("no such simulated relay\n")
                    .onFailure(gone -> {});
        } else {
            site.request(vertx, request);
        }
    }

    private void upgrade(Vertx vertx, ServerWebSocketHandshake handshake) {
        Site site = site(handshake.authority());
        if (site == null) {
            handshake.reject(404).onFailure(gone -> {});
        } else {
            site.upgrade(vertx, handshake);
        }
    }

    private @Nullable Site site(@Nullable HostAndPort authority) {
        return authority == null ? null : siteOfHost.apply(authority.host().toLowerCase(Locale.ROOT));
    }
}
