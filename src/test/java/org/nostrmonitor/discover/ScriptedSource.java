package org.nostrmonitor.discover;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.Await;

/** A relay on a loopback port that answers as a test wrote it, and remembers what it was asked. */
final class ScriptedSource {
    private final Vertx vertx;
    private final Script script;
    private final List<ClientMessage.Req> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Peer> connections = new LinkedBlockingQueue<>();
    private HttpServer server;

    interface Script {
        void asked(Peer peer, String subscription, Filter filter);
    }

    /** Nothing stored. */
    static final Script EMPTY = (peer, subscription, filter) -> peer.say(new RelayMessage.Eose(subscription));

    /** A relay that gives so many events at once, the newest first, whatever it is asked for. */
    static Script stored(List<NostrEvent> events, int most) {
        return (peer, subscription, filter) -> {
            events.stream()
                    .filter(filter::matches)
                    .sorted(Comparator.comparingLong(NostrEvent::createdAt).reversed())
                    .limit(most)
                    .forEach(event -> peer.say(OtherMonitor.message(subscription, event)));
            peer.say(new RelayMessage.Eose(subscription));
        };
    }

    record Peer(ServerWebSocket socket) {
        void say(RelayMessage message) {
            say(message.toJson());
        }

        void say(String text) {
            socket.writeTextMessage(text).onFailure(gone -> {});
        }

        void hangUp() {
            socket.close().onFailure(gone -> {});
        }
    }

    private ScriptedSource(Vertx vertx, Script script) {
        this.vertx = vertx;
        this.script = script;
        this.server = vertx.createHttpServer();
    }

    static ScriptedSource start(Vertx vertx, Script script) {
        ScriptedSource source = new ScriptedSource(vertx, script);
        source.listen(0);
        return source;
    }

    void listen(int port) {
        server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(port).setMaxWebSocketFrameSize(4 << 20));
        Await.await(server.requestHandler(request -> request.toWebSocket()
                        .onSuccess(socket -> serve(new Peer(socket)))
                        .onFailure(noWebSocket -> {}))
                .listen());
    }

    private void serve(Peer peer) {
        peer.socket().textMessageHandler(text -> heard(peer, text));
        connections.add(peer);
    }

    private void heard(Peer peer, String text) {
        try {
            if (ClientMessage.parse(text) instanceof ClientMessage.Req req) {
                asked.add(req);
                script.asked(peer, req.subscription(), req.filters().get(0));
            }
        } catch (ProtocolException e) {
            throw new AssertionError(text, e);
        }
    }

    RelayUrl url() {
        return RelayUrl.of("ws://127.0.0.1:" + server.actualPort());
    }

    /** What it was asked under this name, in order. */
    List<Filter> asked(String subscription) {
        return asked.stream()
                .filter(req -> req.subscription().equals(subscription))
                .map(req -> req.filters().get(0))
                .toList();
    }

    Peer nextConnection() throws InterruptedException {
        Peer peer = connections.poll(20, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("nobody connected");
        }
        return peer;
    }
}
