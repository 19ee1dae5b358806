package org.nostrmonitor.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Opens WebSockets to relays to publish to, or to read from. The operator named them, so they are trusted: names are resolved by Vert.x and no
 * address is refused.
 */
public final class Dialler {
    private static final int CLOSING_SECONDS = 2;
    private static final int SILENT_PINGS = 3;
    /** Vert.x allows 50 per host by default, and a closing connection counts until it is gone. */
    private static final int MAX_CONNECTIONS_PER_HOST = 1_000;

    /** A login needs one, and no proxy looks at it. */
    private static final String PASSWORD = "nostr-monitor";

    private final Vertx vertx;
    private final WebSocketClient client;
    private final Map<String, String> proxies;
    private final LinkLimits limits;

    /**
     * @param proxies by network label, {@code socks5://host:port}
     * @param trust whose certificates count; null for those that Java trusts
     */
    public Dialler(Vertx vertx, Map<String, String> proxies, @Nullable TrustOptions trust, LinkLimits limits) {
        this.vertx = vertx;
        this.proxies = proxies;
        this.limits = limits;
        this.client = vertx.createWebSocketClient(options(limits, trust));
    }

    private static WebSocketClientOptions options(LinkLimits limits, @Nullable TrustOptions trust) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setMaxConnections(MAX_CONNECTIONS_PER_HOST)
                // It cuts what it sends into frames of this size too: an event goes in one, which every relay can read.
                .setMaxFrameSize(limits.messageBytes())
                .setMaxMessageSize(limits.messageBytes())
                .setClosingTimeout(CLOSING_SECONDS);
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        return options.setConnectTimeout((int) limits.connect().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) limits.ping().toMillis() * SILENT_PINGS);
    }

    /** Completes with the open connection; fails if it is not open in time. */
    public Future<Link> dial(RelayUrl target, Link.Listener listener) {
        WebSocketConnectOptions where = new WebSocketConnectOptions()
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.secure())
                .setURI(target.target())
                .setAllowOriginHeader(false);
        where.setTimeout(limits.connect().toMillis());
        if (target.network() != Network.CLEARNET) {
            String proxy = proxies.get(target.network().label());
            if (proxy == null) {
                return Future.failedFuture(
                        "no proxy is set for " + target.network().label());
            }
            where.setProxyOptions(socks5(URI.create(proxy), target.host()));
        }
        return dial(where, listener);
    }

    private Future<Link> dial(WebSocketConnectOptions where, Link.Listener listener) {
        ClientWebSocket socket = client.webSocket();
        Link connection = new Link(vertx, socket, limits.freeBytes(), listener);
        listener.dialling(connection);
        return socket.connect(where)
                .onSuccess(open -> closeIfLate(connection))
                .timeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(open -> connection.opened(limits.ping()))
                .onFailure(failure -> connection.giveUp())
                .map(connection);
    }

    private static void closeIfLate(Link connection) {
        if (connection.isClosed()) {
            connection.close();
        }
    }

    /**
     * The proxy gets the name, never an address. Each host logs in under a user name of its own (RFC 1929): Tor keeps streams
     * of different user names on different circuits ({@code IsolateSOCKSAuth}), so that one's bad circuit is not another's.
     */
    private static ProxyOptions socks5(URI proxy, String user) {
        @Nullable String host = proxy.getHost();
        return new ProxyOptions()
                .setType(ProxyType.SOCKS5)
                .setHost(host == null ? "" : host)
                .setPort(proxy.getPort())
                .setUsername(user)
                .setPassword(PASSWORD);
    }

    public Future<Void> close() {
        return client.close();
    }
}
