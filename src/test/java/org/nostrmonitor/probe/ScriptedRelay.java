package org.nostrmonitor.probe;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A small relay whose answers a test writes down. */
final class ScriptedRelay {
    private static final int PLENTY = 4 << 20;

    private final Vertx vertx;
    private final HttpServerOptions options =
            new HttpServerOptions().setMaxWebSocketFrameSize(PLENTY).setMaxWebSocketMessageSize(PLENTY);
    private Consumer<ServerWebSocket> onOpen = socket -> {};
    private BiConsumer<ServerWebSocket, JsonArray> onMessage = ScriptedRelay::answerLikeAnEmptyRelay;
    private Consumer<HttpServerRequest> onRequest =
            request -> request.response().setStatusCode(404).end().onFailure(ignored -> {});
    private String host = "127.0.0.1";
    private int port;
    /** What clients said, in order. */
    final List<JsonArray> heard = new CopyOnWriteArrayList<>();
    /** One for each WebSocket, completed when it is closed. */
    final List<CompletableFuture<Void>> sockets = new CopyOnWriteArrayList<>();

    final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();

    ScriptedRelay(Vertx vertx) {
        this.vertx = vertx;
    }

    ScriptedRelay at(String address) {
        host = address;
        return this;
    }

    ScriptedRelay secured(KeyCertOptions certificate) {
        options.setSsl(true).setKeyCertOptions(certificate);
        return this;
    }

    ScriptedRelay onOpen(Consumer<ServerWebSocket> script) {
        onOpen = script;
        return this;
    }

    ScriptedRelay onMessage(BiConsumer<ServerWebSocket, JsonArray> script) {
        onMessage = script;
        return this;
    }

    ScriptedRelay onRequest(Consumer<HttpServerRequest> script) {
        onRequest = script;
        return this;
    }

    ScriptedRelay start() {
        return start(0);
    }

    ScriptedRelay start(int wanted) {
        HttpServer server = vertx.createHttpServer(options)
                .webSocketHandler(this::opened)
                .requestHandler(request -> {
                    requests.add(request);
                    onRequest.accept(request);
                });
        port = ProbeLab.await(server.listen(wanted, host)).actualPort();
        return this;
    }

    private void opened(ServerWebSocket socket) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        sockets.add(closed);
        socket.exceptionHandler(ignored -> {});
        socket.closeHandler(ignored -> closed.complete(null));
        socket.textMessageHandler(text -> {
            JsonArray message = new JsonArray(text);
            heard.add(message);
            onMessage.accept(socket, message);
        });
        onOpen.accept(socket);
    }

    /** EOSE to a REQ, OK to an EVENT, which is also sent back. */
    static void answerLikeAnEmptyRelay(ServerWebSocket socket, JsonArray message) {
        switch (message.getString(0)) {
            case "REQ" -> say(socket, "EOSE", message.getString(1));
            case "EVENT" -> {
                JsonObject event = message.getJsonObject(1);
                say(socket, "OK", event.getString("id"), true, "");
                say(socket, "EVENT", "write", event);
            }
            default -> {}
        }
    }

    static void say(ServerWebSocket socket, Object... parts) {
        JsonArray message = new JsonArray();
        for (@Nullable Object part : parts) {
            message.add(part);
        }
        socket.writeTextMessage(message.encode()).onFailure(ignored -> {});
    }

    int port() {
        return port;
    }

    String ws() {
        return "ws://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    String wss(String name) {
        return "wss://" + name + ":" + port;
    }
}
