package org.nostrmonitor.probe;

import io.netty.handler.ssl.SslContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A TCP server that says on the wire whatever a test wants. */
public final class RawServer {
    private final NetServer server;
    private final int port;
    /** One for each connection, completed when it is closed with the time on the monotonic clock. */
    final List<CompletableFuture<Long>> connections = new CopyOnWriteArrayList<>();

    private RawServer(Vertx vertx, NetServerOptions options, String host, int wanted, Consumer<NetSocket> script) {
        server = vertx.createNetServer(options).connectHandler(socket -> {
            CompletableFuture<Long> closed = new CompletableFuture<>();
            connections.add(closed);
            socket.exceptionHandler(ignored -> {});
            socket.closeHandler(ignored -> closed.complete(System.nanoTime()));
            script.accept(socket);
        });
        port = ProbeLab.await(server.listen(wanted, host)).actualPort();
    }

    static RawServer accepting(Vertx vertx, Consumer<NetSocket> script) {
        return new RawServer(vertx, new NetServerOptions(), "127.0.0.1", 0, script);
    }

    /** Where nobody should come. */
    static RawServer trap(Vertx vertx, String host, int port) {
        return new RawServer(vertx, new NetServerOptions(), host, port, socket -> {});
    }

    static RawServer accepting(Vertx vertx, NetServerOptions options, Consumer<NetSocket> script) {
        return new RawServer(vertx, options, "127.0.0.1", 0, script);
    }

    /** Hands over the head of each HTTP request. */
    static RawServer answering(Vertx vertx, BiConsumer<NetSocket, String> script) {
        return accepting(vertx, socket -> onRequest(socket, script));
    }

    /** Upgrades properly, then leaves the wire to the script; hangs up when the client says goodbye. */
    static RawServer upgrading(Vertx vertx, Consumer<NetSocket> script) {
        return answering(vertx, (socket, request) -> {
            upgrade(socket, request);
            script.accept(socket);
        });
    }

    /** Upgrades, answers a REQ with EOSE, and hands over each message as it was sent. */
    static RawServer talking(Vertx vertx, BiConsumer<NetSocket, JsonArray> script) {
        return upgrading(
                vertx,
                socket -> onMessage(socket, message -> {
                    answerRequest(socket, message);
                    script.accept(socket, message);
                }));
    }

    /** A relay that has no events, and answers who asks for its document as the script says. */
    static RawServer describing(Vertx vertx, Consumer<NetSocket> script) {
        return answering(vertx, (socket, request) -> {
            if (request.contains("nostr+json")) {
                script.accept(socket);
            } else {
                upgrade(socket, request);
                onMessage(socket, message -> answerRequest(socket, message));
            }
        });
    }

    /** Speaks TLS from the first byte on; a handshake that fails is a connection all the same. */
    static RawServer secured(Vertx vertx, SslContext tls, BiConsumer<NetSocket, String> script) {
        return accepting(vertx, socket -> {
            var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
            channel.pipeline().addFirst(tls.newHandler(channel.alloc()));
            onRequest(socket, script);
        });
    }

    static void upgrade(NetSocket socket, String request) {
        onMessage(socket, message -> {});
        write(socket, switching(request));
    }

    private static void onMessage(NetSocket socket, Consumer<JsonArray> script) {
        socket.handler(new ClientFrames(text -> script.accept(new JsonArray(text)), () -> close(socket)));
    }

    private static void answerRequest(NetSocket socket, JsonArray message) {
        if (message.getString(0).equals("REQ")) {
            write(socket, text("[\"EOSE\",\"" + message.getString(1) + "\"]"));
        }
    }

    /** Waits for the head of one HTTP request; what comes behind it is thrown away unless the script listens. */
    public static void onRequest(NetSocket socket, BiConsumer<NetSocket, String> script) {
        Buffer received = Buffer.buffer();
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            String request = received.toString();
            if (request.endsWith("\r\n\r\n")) {
                socket.handler(ignored -> {});
                script.accept(socket, request);
            }
        });
    }

    public static Buffer switching(String request) {
        String key = request.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
        return Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
    }

    private static String accept(String key) {
        try {
            byte[] hash = java.security.MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return java.util.Base64.getEncoder().encodeToString(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** One server frame: {@code first} is FIN, the reserved bits and the opcode. */
    public static Buffer frame(int first, Buffer payload) {
        Buffer frame = Buffer.buffer().appendByte((byte) first);
        if (payload.length() < 126) {
            frame.appendByte((byte) payload.length());
        } else if (payload.length() < 65_536) {
            frame.appendByte((byte) 126).appendUnsignedShort(payload.length());
        } else {
            frame.appendByte((byte) 127).appendLong(payload.length());
        }
        return frame.appendBuffer(payload);
    }

    public static Buffer text(String text) {
        return frame(0x81, Buffer.buffer(text));
    }

    public static void write(NetSocket socket, Buffer bytes) {
        socket.write(bytes).onFailure(ignored -> {});
    }

    /** Says it again and again, as fast as it is taken, until the connection is closed. */
    static void forever(NetSocket socket, Buffer bytes) {
        socket.write(bytes.copy())
                .onSuccess(done -> Vertx.currentContext().runOnContext(next -> forever(socket, bytes)))
                .onFailure(ignored -> {});
    }

    /** A byte every 50 ms, until the last, or until the connection is closed. */
    static void dribble(Vertx vertx, NetSocket socket, Buffer bytes) {
        if (bytes.length() > 0) {
            socket.write(bytes.getBuffer(0, 1))
                    .onSuccess(done ->
                            vertx.setTimer(50, next -> dribble(vertx, socket, bytes.getBuffer(1, bytes.length()))))
                    .onFailure(ignored -> {});
        }
    }

    public static void close(NetSocket socket) {
        socket.close().onFailure(ignored -> {});
    }

    /** Closes with a RST instead of a FIN. */
    public static void reset(NetSocket socket) {
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        channel.config().setOption(io.netty.channel.ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    int port() {
        return port;
    }

    String ws() {
        return "ws://127.0.0.1:" + port;
    }

    String wss(String host) {
        return "wss://" + host + ":" + port;
    }
}
