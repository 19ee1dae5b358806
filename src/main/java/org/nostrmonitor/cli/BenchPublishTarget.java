package org.nostrmonitor.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.RelayUrl;

/** The least that a target relay can be: says OK to every event at once, and counts. Its figures are read from any thread. */
final class BenchPublishTarget {
    private static final int LARGEST_MESSAGE = 256 * 1024;

    private final HttpServer server;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger repetitions = new AtomicInteger();
    private volatile long lastNanos;

    private BenchPublishTarget(HttpServer server) {
        this.server = server;
    }

    static Future<BenchPublishTarget> start(Vertx vertx) {
        HttpServer server = vertx.createHttpServer();
        BenchPublishTarget target = new BenchPublishTarget(server);
        return server.webSocketHandler(target::serve).listen(0, "127.0.0.1").map(target);
    }

    private void serve(ServerWebSocket socket) {
        connections.incrementAndGet();
        socket.textMessageHandler(text -> heard(socket, text));
    }

    private void heard(ServerWebSocket socket, String text) {
        try {
            if (text.length() <= LARGEST_MESSAGE && ClientMessage.parse(text) instanceof ClientMessage.Event sent) {
                String id = sent.event().id();
                if (!ids.add(id)) {
                    repetitions.incrementAndGet();
                }
                lastNanos = System.nanoTime();
                socket.writeTextMessage(new RelayMessage.Ok(id, true, "").toJson())
                        .onFailure(gone -> {});
            }
        } catch (ProtocolException e) {
            throw new IllegalStateException("the publisher sent what is no message", e);
        }
    }

    RelayUrl url() {
        return RelayUrl.of("ws://127.0.0.1:" + server.actualPort());
    }

    int events() {
        return ids.size();
    }

    int repetitions() {
        return repetitions.get();
    }

    int connections() {
        return connections.get();
    }

    /** When the last event came, on the monotonic clock. */
    long lastNanos() {
        return lastNanos;
    }
}
