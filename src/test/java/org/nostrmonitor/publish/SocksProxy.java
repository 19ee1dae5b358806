package org.nostrmonitor.publish;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS5 proxy (RFC 1928) that wants a user name, as Tor does if it is offered one, and leads every name to one port. */
final class SocksProxy {
    private static final byte[] WANTS_LOGIN = {5, 2};
    private static final byte[] WELCOME = {1, 0};
    private static final byte[] CONNECTED = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    private static final byte[] HOST_UNREACHABLE = {5, 4, 0, 1, 0, 0, 0, 0, 0, 0};

    private final NetServer server;
    private final NetClient client;
    private final int target;
    /** {@code user host:port} of each request. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param target a port on loopback; 0 finds no host */
    SocksProxy(Vertx vertx, int target) throws Exception {
        this.target = target;
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(this::greet);
        PublisherLab.await(server.listen(0, "127.0.0.1"));
    }

    String uri() {
        return "socks5://127.0.0.1:" + server.actualPort();
    }

    private void greet(NetSocket guest) {
        guest.handler(methods -> {
            guest.handler(login -> login(guest, login));
            say(guest, WANTS_LOGIN);
        });
    }

    private void login(NetSocket guest, Buffer login) {
        String user = login.getString(2, 2 + login.getUnsignedByte(1));
        guest.handler(request -> connect(guest, user, request));
        say(guest, WELCOME);
    }

    private void connect(NetSocket guest, String user, Buffer request) {
        boolean byName = request.getUnsignedByte(3) == 3;
        int length = request.getUnsignedByte(4);
        asked.add(
                byName
                        ? user + " " + request.getString(5, 5 + length) + ":" + request.getUnsignedShort(5 + length)
                        : "?");
        if (target == 0) {
            say(guest, HOST_UNREACHABLE);
            return;
        }
        guest.pause();
        client.connect(target, "127.0.0.1").onSuccess(relay -> join(guest, relay));
    }

    private static void join(NetSocket guest, NetSocket relay) {
        say(guest, CONNECTED);
        guest.handler(bytes -> say(relay, bytes.getBytes()));
        relay.handler(bytes -> say(guest, bytes.getBytes()));
        guest.closeHandler(gone -> hangUp(relay));
        relay.closeHandler(gone -> hangUp(guest));
        guest.resume();
    }

    private static void say(NetSocket socket, byte[] bytes) {
        socket.write(Buffer.buffer(bytes)).onFailure(gone -> {});
    }

    private static void hangUp(NetSocket socket) {
        socket.close().onFailure(gone -> {});
    }
}
