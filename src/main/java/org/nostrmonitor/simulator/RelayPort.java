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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A port of 127.0.0.1 that many sites share, told apart by the Host header. Deployed once for each event loop that serves it. */
final class RelayPort implements Deployable {
    static final String LOOPBACK = "127.0.0.1";

    private final HttpServerOptions options;
    private final AtomicInteger port;
    private final Function<String, @Nullable Site> siteOfHost;

    private RelayPort(HttpServerOptions options, AtomicInteger port, Function<String, @Nullable Site> siteOfHost) {
        this.options = options;
        this.port = port;
        this.siteOfHost = siteOfHost;
    }

    /**
     * Listens. It is closed with the Vert.x instance, or by undeploying what {@link Opened} names.
     *
     * @param port 0 for any free one
     * @param loops how many event loops serve it
     * @return completes when all of them listen; fails if the port is taken
     */
    static Future<Opened> open(
            Vertx vertx, HttpServerOptions options, int port, int loops, Function<String, @Nullable Site> siteOfHost) {
        AtomicInteger actual = new AtomicInteger(port);
        return vertx.deployVerticle(new RelayPort(options, actual, siteOfHost))
                .compose(first -> loops == 1
                        ? Future.succeededFuture(new Opened(actual.get(), first, null))
                        : vertx.deployVerticle(
                                        () -> new RelayPort(options, actual, siteOfHost),
                                        new DeploymentOptions().setInstances(loops - 1))
                                .map(others -> new Opened(actual.get(), first, others)));
    }

    /**
     * A port that is open.
     *
     * @param first the deployment of the first event loop
     * @param others that of the others, or null
     */
    record Opened(int port, String first, @Nullable String others) {
        Future<Void> close(Vertx vertx) {
            Future<Void> rest = others == null ? Future.succeededFuture() : vertx.undeploy(others);
            return rest.eventually(() -> vertx.undeploy(first));
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
        return server.listen(port.get(), LOOPBACK).onSuccess(listening -> port.set(listening.actualPort()));
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
