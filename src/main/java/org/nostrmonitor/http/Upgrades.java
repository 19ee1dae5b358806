package org.nostrmonitor.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the relay at {@code /}: a WebSocket (RFC 6455 §4.2). */
final class Upgrades {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrades.class);
    private static final int BAD = 400;
    private static final int TOO_MANY = 429;
    private static final int BUSY = 503;

    private final RelayDoor door;
    private final Connections connections;
    private final Unlimited unlimited;
    private final CallerRate rate;

    Upgrades(RelayDoor door, Connections connections, Unlimited unlimited, CallerRate rate) {
        this.door = door;
        this.connections = connections;
        this.unlimited = unlimited;
        this.rate = rate;
    }

    /** Takes the request if it wants to become a WebSocket; else does nothing and says so. */
    boolean take(HttpServerRequest request) {
        if (!"/".equals(request.path())
                || !HttpMethod.GET.equals(request.method())
                || !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            return false;
        }
        String site = unlimited.has(request.remoteAddress()) ? null : Caller.site(request.remoteAddress());
        Duration wait = site == null ? Duration.ZERO : rate.ask(site);
        if (!wait.isZero()) {
            request.response().putHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
            refuse(request, TOO_MANY);
        } else if (!door.hasRoom(site)) {
            refuse(request, BUSY);
        } else {
            upgrade(request, site);
        }
        return true;
    }

    private void upgrade(HttpServerRequest request, @Nullable String site) {
        HttpConnection connection = request.connection();
        Runnable cut = connections.upgrading(connection);
        request.toWebSocket()
                .onSuccess(socket -> {
                    connections.upgraded(connection);
                    door.enter(socket, site, cut);
                })
                .onFailure(bad -> {
                    LOG.debug("a request cannot become a WebSocket: {}", bad.getMessage());
                    if (!request.response().ended()) {
                        refuse(request, BAD);
                    }
                });
    }

    /** The connection has no more use. */
    private static void refuse(HttpServerRequest request, int status) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status)
                .putHeader("Connection", "close")
                .end()
                .eventually(() -> request.connection().close())
                .onFailure(gone -> LOG.debug("whoever asked went away", gone));
    }
}
