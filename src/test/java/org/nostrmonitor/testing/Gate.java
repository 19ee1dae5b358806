package org.nostrmonitor.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of 127.0.0.1 before another one, that can be shut as a network is cut: whoever is behind it is well. */
public final class Gate {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final NetClient client;
    private final int behind;
    private final Set<NetSocket> passing = ConcurrentHashMap.newKeySet();
    private NetServer server;
    private int port;
    private volatile boolean silent;

    private Gate(Vertx vertx, int behind) {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer();
        this.behind = behind;
    }

    /** Open, on any free port. */
    public static Gate before(Vertx vertx, int behind) {
        Gate gate = new Gate(vertx, behind);
        gate.open();
        return gate;
    }

    public int port() {
        return port;
    }

    /** Again on the same port. */
    public void open() {
        silent = false;
        server = vertx.createNetServer().connectHandler(this::pass);
        port = Await.await(server.listen(port, LOOPBACK)).actualPort();
    }

    /** Connections are refused, and those there are end. */
    public void shut() {
        Await.await(server.close());
        passing.forEach(NetSocket::close);
    }

    /** Connections are accepted, and nothing comes of them; those there are end. */
    public void fallSilent() {
        silent = true;
        passing.forEach(NetSocket::close);
    }

    private void pass(NetSocket socket) {
        passing.add(socket);
        socket.closeHandler(gone -> passing.remove(socket));
        socket.exceptionHandler(broken -> socket.close());
        socket.pause();
        if (!silent) {
            client.connect(behind, LOOPBACK)
                    .onSuccess(other -> join(socket, other))
                    .onFailure(gone -> socket.close());
        }
    }

    private void join(NetSocket socket, NetSocket other) {
        other.exceptionHandler(broken -> other.close());
        socket.closeHandler(gone -> {
            passing.remove(socket);
            other.close();
        });
        other.closeHandler(gone -> socket.close());
        Future<?> there = socket.pipeTo(other);
        Future<?> back = other.pipeTo(socket);
        there.onFailure(broken -> socket.close());
        back.onFailure(broken -> socket.close());
    }
}
