package org.nostrmonitor.probe;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS5 proxy (RFC 1928) that leads every name to one port on loopback. It asks for a user name if it is offered one, as Tor
 * does.
 */
final class SocksServer {
    /** In place of a method or a reply code: says nothing. */
    static final int SILENCE = -1;

    private static final int LOGIN = 2;
    private static final int HOST_UNREACHABLE = 4;

    private final int target;
    /** Held for as long as its connections: Vert.x closes a client that nobody refers to. */
    private final NetClient client;

    private final NetServer server;
    private final int port;
    private volatile int method = LOGIN;
    private volatile int loginStatus;
    private volatile int reply;
    private volatile boolean drips;
    /** {@code host:port} of each request. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** The user name of each connection. */
    final List<String> users = new CopyOnWriteArrayList<>();

    /** @param target a port on loopback; 0 finds no host */
    SocksServer(Vertx vertx, int target) {
        this.target = target;
        reply = target == 0 ? HOST_UNREACHABLE : 0;
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(this::greet);
        port = ProbeLab.await(server.listen(0, "127.0.0.1")).actualPort();
    }

    SocksServer choosing(int authentication) {
        method = authentication;
        return this;
    }

    SocksServer refusingLogins() {
        loginStatus = 1;
        return this;
    }

    SocksServer replying(int code) {
        reply = code;
        return this;
    }

    /** Byte by byte. */
    SocksServer dripping() {
        drips = true;
        return this;
    }

    private void greet(NetSocket client) {
        client.handler(methods -> {
            client.handler(method == LOGIN ? login -> login(client, login) : request -> connect(client, request));
            if (method != SILENCE) {
                say(client, 5, method);
            }
        });
    }

    private void login(NetSocket client, Buffer login) {
        users.add(login.getString(2, 2 + login.getUnsignedByte(1)));
        client.handler(request -> connect(client, request));
        say(client, 1, loginStatus);
    }

    private void connect(NetSocket asking, Buffer request) {
        int length = request.getUnsignedByte(4);
        asked.add(request.getString(5, 5 + length) + ":" + request.getUnsignedShort(5 + length));
        if (reply == SILENCE) {
            return;
        }
        if (reply != 0) {
            say(asking, 5, reply, 0, 1, 0, 0, 0, 0, 0, 0);
            return;
        }
        asking.pause();
        client.connect(target, "127.0.0.1").onSuccess(relay -> {
            say(asking, 5, 0, 0, 3, 2, 'm', 'e', 0, 80);
            asking.handler(bytes -> RawServer.write(relay, bytes));
            relay.handler(bytes -> RawServer.write(asking, bytes));
            asking.closeHandler(ignored -> RawServer.close(relay));
            relay.closeHandler(ignored -> RawServer.close(asking));
            asking.resume();
        });
    }

    private void say(NetSocket client, int... bytes) {
        Buffer message = Buffer.buffer();
        for (int each : bytes) {
            message.appendByte((byte) each);
        }
        if (!drips) {
            RawServer.write(client, message);
            return;
        }
        for (int i = 0; i < message.length(); i++) {
            RawServer.write(client, message.getBuffer(i, i + 1));
        }
    }

    int port() {
        return port;
    }
}
