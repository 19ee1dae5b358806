package org.nostrmonitor.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.util.List;
import org.nostrmonitor.nostr.RelayMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated relay as its clients meet it: opens or does not, speaks or does not, and serves its NIP-11 document. */
final class ScriptedSite implements Site {
    static final String NIP11_TYPE = "application/nostr+json";

    private static final Logger LOG = LoggerFactory.getLogger(ScriptedSite.class);
    private static final List<Integer> STATUSES = List.of(502, 403, 404, 503, 200, 401, 429, 530);
    private static final List<String> BROKEN =
            List.of("<!doctype html><title>Welcome</title><h1>It works!</h1>", "[1, 2, 3]", "{\"name\": \"cut off", "");
    private static final short INTERNAL_ERROR = 1011;

    private final SimulatedRelay relay;
    private final ScriptedRules rules;
    private final EventCheck eventCheck;

    ScriptedSite(SimulatedRelay relay, ScriptedRules rules, EventCheck eventCheck) {
        this.relay = relay;
        this.rules = rules;
        this.eventCheck = eventCheck;
    }

    @Override
    public void request(Vertx vertx, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        after(vertx, rules.delayMs(), () -> {
            if (!response.closed()) {
                respond(request, response);
            }
        });
    }

    private void respond(HttpServerRequest request, HttpServerResponse response) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (relay.behaviour() == Behaviour.HTTP_STATUS) {
            send(response.setStatusCode(status()), "text/html", "<h1>" + status() + "</h1>");
        } else if (accept == null || !accept.contains(NIP11_TYPE)) {
            send(response, "text/plain", relay.name() + " is a simulated relay. Use a Nostr client to connect.\n");
        } else if (relay.behaviour() == Behaviour.NIP11_MISSING) {
            send(response.setStatusCode(404), "text/plain", "not found\n");
        } else if (relay.behaviour() == Behaviour.NIP11_BROKEN) {
            send(response, "text/html", one(BROKEN));
        } else {
            send(response, NIP11_TYPE, relay.document().encode());
        }
    }

    private void send(HttpServerResponse response, String type, String body) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .end(body)
                .onFailure(this::gone);
    }

    @Override
    public void upgrade(Vertx vertx, ServerWebSocketHandshake handshake) {
        after(
                vertx,
                rules.delayMs(),
                () -> Future.succeededFuture()
                        .compose(unthrown -> answer(vertx, handshake))
                        .onFailure(this::gone));
    }

    /** Throws if the client has left meanwhile: Vert.x gives no way to ask before. */
    private Future<?> answer(Vertx vertx, ServerWebSocketHandshake handshake) {
        return relay.behaviour() == Behaviour.HTTP_STATUS
                ? handshake.reject(status())
                : handshake.accept().onSuccess(socket -> open(vertx, socket));
    }

    private void open(Vertx vertx, ServerWebSocket socket) {
        switch (relay.behaviour()) {
            case SILENT -> socket.textMessageHandler(unanswered -> {});
            case CLOSING_MIDWAY ->
                socket.textMessageHandler(asked -> socket.close(INTERNAL_ERROR).onFailure(this::gone));
            case NOTICE_ONLY ->
                socket.textMessageHandler(
                        asked -> say(socket, new RelayMessage.Notice("error: the database is away").toJson()));
            case NOT_NOSTR -> {
                say(socket, "0{\"sid\":\"" + relay.seed() + "\",\"pingInterval\":25000}");
                socket.textMessageHandler(asked -> say(socket, "44{\"message\":\"what?\"}"));
            }
            default -> new Conversation(vertx, socket, rules, eventCheck).begin();
        }
    }

    private void say(ServerWebSocket socket, String text) {
        socket.writeTextMessage(text).onFailure(this::gone);
    }

    private int status() {
        return one(STATUSES);
    }

    private <T> T one(List<T> of) {
        return of.get((int) Math.floorMod(relay.seed(), (long) of.size()));
    }

    private static void after(Vertx vertx, long ms, Runnable what) {
        if (ms <= 0) {
            what.run();
        } else {
            vertx.setTimer(ms, timer -> what.run());
        }
    }

    private void gone(Throwable cause) {
        LOG.debug("a client of {} is gone: {}", relay.name(), cause.getMessage());
    }
}
