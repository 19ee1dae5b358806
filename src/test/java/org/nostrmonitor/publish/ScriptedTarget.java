package org.nostrmonitor.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyCertOptions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.RelayUrl;

/** A target relay on a loopback port that does what a test wrote for it, and remembers what came. */
final class ScriptedTarget {
    private final Vertx vertx;
    private final BlockingQueue<NostrEvent> arrivals = new LinkedBlockingQueue<>();
    private final List<NostrEvent> received = new CopyOnWriteArrayList<>();
    private final List<NostrEvent> authentications = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Peer> connections = new LinkedBlockingQueue<>();
    private final HttpServerOptions options = new HttpServerOptions();
    private volatile Script script;
    private HttpServer server;

    /** What happens on one connection. */
    interface Script {
        default void connected(Peer peer) {}

        void event(Peer peer, NostrEvent event);

        default void auth(Peer peer, NostrEvent proof) {
            peer.ok(proof, true, "");
        }
    }

    static final Script ACCEPT = (peer, event) -> peer.ok(event, true, "");
    static final Script SILENT = (peer, event) -> {};

    static Script refuse(String message) {
        return (peer, event) -> peer.ok(event, false, message);
    }

    /** One connected publisher. */
    record Peer(HttpServerRequest upgrade, ServerWebSocket socket) {
        void ok(NostrEvent event, boolean accepted, String message) {
            say(new RelayMessage.Ok(event.id(), accepted, message));
        }

        void say(RelayMessage message) {
            say(message.toJson());
        }

        void say(String text) {
            socket.writeTextMessage(text).onFailure(gone -> {});
        }

        /** Cuts the TCP connection without a goodbye. */
        void drop() {
            upgrade.connection().close().onFailure(gone -> {});
        }
    }

    private ScriptedTarget(Vertx vertx, Script script, HttpServer server) {
        this.vertx = vertx;
        this.script = script;
        this.server = server;
    }

    static ScriptedTarget start(Vertx vertx, Script script) throws Exception {
        ScriptedTarget target = new ScriptedTarget(vertx, script, vertx.createHttpServer());
        target.listen(0);
        return target;
    }

    /** The same over TLS. */
    static ScriptedTarget startSecure(Vertx vertx, Script script, KeyCertOptions certificate) throws Exception {
        ScriptedTarget target = new ScriptedTarget(vertx, script, vertx.createHttpServer());
        target.options.setSsl(true).setKeyCertOptions(certificate);
        target.listen(0);
        return target;
    }

    private void listen(int port) throws Exception {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(port));
        await(server.requestHandler(request -> request.toWebSocket()
                        .onSuccess(socket -> serve(new Peer(request, socket)))
                        .onFailure(noWebSocket -> {}))
                .listen());
    }

    private void serve(Peer peer) {
        peer.socket().textMessageHandler(text -> heard(peer, text));
        connections.add(peer);
        script.connected(peer);
    }

    private void heard(Peer peer, String text) {
        try {
            ClientMessage message = ClientMessage.parse(text);
            if (message instanceof ClientMessage.Event sent) {
                received.add(sent.event());
                arrivals.add(sent.event());
                script.event(peer, sent.event());
            } else if (message instanceof ClientMessage.Auth auth) {
                authentications.add(auth.event());
                script.auth(peer, auth.event());
            }
        } catch (ProtocolException e) {
            throw new AssertionError(text, e);
        }
    }

    /** From now on, also for what is connected. */
    void becomes(Script other) {
        script = other;
    }

    /** Stops listening and cuts all connections. */
    void goAway() throws Exception {
        await(server.close());
    }

    /** Listens again at the same port. */
    void comeBack(int port) throws Exception {
        listen(port);
    }

    RelayUrl url() {
        return RelayUrl.of("ws://127.0.0.1:" + server.actualPort());
    }

    RelayUrl url(String scheme, String host) {
        return RelayUrl.of(scheme + "://" + host + ":" + server.actualPort());
    }

    NostrEvent nextArrival() throws InterruptedException {
        NostrEvent event = arrivals.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    Peer nextConnection() throws InterruptedException {
        Peer peer = connections.poll(20, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("nobody connected");
        }
        return peer;
    }

    /** Every event that came, in order, repetitions included. */
    List<String> receivedIds() {
        return received.stream().map(NostrEvent::id).toList();
    }

    List<NostrEvent> authentications() {
        return List.copyOf(authentications);
    }

    int unseenConnections() {
        return connections.size();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
