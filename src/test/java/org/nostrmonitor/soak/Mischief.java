package org.nostrmonitor.soak;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.probe.RawServer;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a hostile relay does on the wire, to everybody and for ever, and what must be said of it. */
enum Mischief {
    SILENT_CONNECTION(Stage.UPGRADE, Reason.UPGRADE_TIMEOUT),
    DRIPPING_HEAD(Stage.UPGRADE, Reason.UPGRADE_TIMEOUT),
    ENDLESS_HEAD(Stage.UPGRADE, Reason.TOO_LARGE),
    NO_HTTP(Stage.UPGRADE, Reason.PROTOCOL),
    SILENT_TLS(Stage.TLS, Reason.TLS_TIMEOUT),
    NO_TLS(Stage.TLS, Reason.TLS_HANDSHAKE),
    DRIPPING_FRAME(Stage.READ, Reason.NO_REPLY),
    HUGE_FRAME(Stage.READ, Reason.TOO_LARGE),
    ENDLESS_FRAGMENTS(Stage.READ, Reason.TOO_LARGE),
    BINARY_FLOOD(Stage.READ, Reason.TOO_LARGE),
    PING_FLOOD(Stage.READ, Reason.TOO_LARGE),
    EVENT_FLOOD(Stage.READ, Reason.TOO_LARGE),
    MASKED_FRAME(Stage.READ, Reason.PROTOCOL),
    DEEP_JSON(Stage.READ, Reason.PROTOCOL),
    RESET(Stage.READ, Reason.RESET),
    CLOSE(Stage.READ, Reason.CLOSED),
    /** A relay that works, but for its NIP-11 document without an end. */
    DOCUMENT_FLOOD(null, null);

    private static final Set<Mischief> WITH_TLS = Set.of(SILENT_TLS, NO_TLS);
    private static final int DRIP_MS = 500;
    private static final Buffer LARGE = Buffer.buffer("x".repeat(60_000));

    private final @Nullable Stage stage;
    private final @Nullable Reason reason;

    Mischief(@Nullable Stage stage, @Nullable Reason reason) {
        this.stage = stage;
        this.reason = reason;
    }

    /** {@code ws://event-flood-3.localhost:1234/}: all of a kind share a port. */
    String url(int number, int port) {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return (WITH_TLS.contains(this) ? "wss" : "ws") + "://" + name + "-" + number + ".localhost:" + port + "/";
    }

    /** As {@link Verdicts} puts it. */
    String truth() {
        return Verdicts.said(
                stage == null ? "online" : "offline",
                stage == null ? null : stage.label(),
                reason == null ? null : reason.label());
    }

    /** Does it to a new connection. */
    void begin(Vertx vertx, NetSocket socket) {
        socket.exceptionHandler(gone -> {});
        switch (this) {
            case SILENT_CONNECTION, SILENT_TLS -> socket.handler(unheard -> {});
            case NO_TLS, NO_HTTP -> RawServer.write(socket, Buffer.buffer("220 mail.example ESMTP\r\n\r\n"));
            case DRIPPING_HEAD -> drip(vertx, socket, Buffer.buffer("HTTP/1.1 101 "));
            case ENDLESS_HEAD ->
                flood(
                        vertx,
                        socket,
                        Buffer.buffer("HTTP/1.1 101 OK\r\n"),
                        Buffer.buffer("X-More: yes\r\n".repeat(1_000)));
            default -> RawServer.onRequest(socket, (peer, request) -> answer(vertx, peer, request));
        }
    }

    private void answer(Vertx vertx, NetSocket socket, String request) {
        if (request.contains("application/nostr+json")) {
            flood(
                    vertx,
                    socket,
                    Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Type: application/nostr+json\r\n\r\n{\"name\":\""),
                    LARGE);
            return;
        }
        RawServer.write(socket, RawServer.switching(request));
        socket.handler(asked -> {});
        switch (this) {
            case DRIPPING_FRAME -> drip(vertx, socket, RawServer.text("[\"EOSE\",\"" + "x".repeat(60) + "\"]"));
            case HUGE_FRAME ->
                flood(
                        vertx,
                        socket,
                        Buffer.buffer()
                                .appendByte((byte) 0x81)
                                .appendByte((byte) 127)
                                .appendLong(1L << 30),
                        LARGE);
            case ENDLESS_FRAGMENTS -> flood(vertx, socket, RawServer.frame(0x01, LARGE), RawServer.frame(0x00, LARGE));
            case BINARY_FLOOD -> flood(vertx, socket, Buffer.buffer(), RawServer.frame(0x82, LARGE));
            case PING_FLOOD -> {
                socket.pause();
                flood(vertx, socket, Buffer.buffer(), many(RawServer.frame(0x89, Buffer.buffer("ping"))));
            }
            case EVENT_FLOOD ->
                flood(vertx, socket, Buffer.buffer(), many(RawServer.text("[\"EVENT\",\"another\",{\"id\":\"x\"}]")));
            case MASKED_FRAME ->
                RawServer.write(socket, Buffer.buffer(new byte[] {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5}));
            case DEEP_JSON -> RawServer.write(socket, RawServer.text("[".repeat(50_000)));
            case RESET -> socket.handler(asked -> RawServer.reset(socket));
            case CLOSE -> socket.handler(asked -> RawServer.close(socket));
            // It answers whatever comes as if it were a first REQ.
            default -> socket.handler(asked -> RawServer.write(socket, RawServer.text("[\"EOSE\",\"read\"]")));
        }
    }

    private static void drip(Vertx vertx, NetSocket socket, Buffer bytes) {
        int[] next = {0};
        long timer = vertx.setPeriodic(DRIP_MS, each -> {
            RawServer.write(socket, bytes.getBuffer(next[0] % bytes.length(), next[0] % bytes.length() + 1));
            next[0]++;
        });
        socket.closeHandler(gone -> vertx.cancelTimer(timer));
    }

    /** As fast as the other side takes it, until it has closed. */
    private static void flood(Vertx vertx, NetSocket socket, Buffer first, Buffer again) {
        RawServer.write(socket, first);
        pour(vertx, socket, again);
    }

    private static void pour(Vertx vertx, NetSocket socket, Buffer again) {
        socket.write(again.copy())
                .onSuccess(written -> vertx.runOnContext(next -> pour(vertx, socket, again)))
                .onFailure(gone -> {});
    }

    private static Buffer many(Buffer frame) {
        Buffer many = Buffer.buffer();
        for (int i = 0; i < 500; i++) {
            many.appendBuffer(frame);
        }
        return many;
    }
}
