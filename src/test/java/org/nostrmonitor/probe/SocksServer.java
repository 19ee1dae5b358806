package org.nostrmonitor.probe;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS5 proxy (RFC 1928) that leads every name to one port on loopback, or nowhere if the port is 0. */
final class SocksServer {
    private final Vertx vertx;
    private final int target;
    private final NetServer server;
    private final int port;
    /** {@code host:port} of each request. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    SocksServer(Vertx vertx, int target) {
        this.vertx = vertx;
        this.target = target;
        server = vertx.createNetServer().connectHandler(this::greet);
        port = ProbeLab.await(server.listen(0, "127.0.0.1")).actualPort();
    }

    private void greet(NetSocket client) {
        client.handler(methods -> {
            client.handler(request -> connect(client, request));
            RawServer.write(client, Buffer.buffer(new byte[] {5, 0}));
        });
    }

    private void connect(NetSocket client, Buffer request) {
        int length = request.getUnsignedByte(4);
        asked.add(request.getString(5, 5 + length) + ":" + request.getUnsignedShort(5 + length));
        if (target == 0) {
            RawServer.write(client, reply(4));
            return;
        }
        client.pause();
        vertx.createNetClient().connect(target, "127.0.0.1").onSuccess(relay -> {
            RawServer.write(client, reply(0));
            client.handler(bytes -> RawServer.write(relay, bytes));
            relay.handler(bytes -> RawServer.write(client, bytes));
            client.closeHandler(ignored -> RawServer.close(relay));
            relay.closeHandler(ignored -> RawServer.close(client));
            client.resume();
        });
    }

    private static Buffer reply(int status) {
        return Buffer.buffer(new byte[] {5, (byte) status, 0, 1, 0, 0, 0, 0, 0, 0});
    }

    int port() {
        return port;
    }
}
