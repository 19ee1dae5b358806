package org.nostrmonitor.probe;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;

/** Opens connections to vetted addresses: TCP, then TLS. Never looks a name up. */
final class Dialer {
    private final ContextInternal context;
    private final NetClient client;
    private final RelayTls tls;
    private final Places places;
    private final Ways ways;
    private final LoopLag lag;
    private final Pot sockets;

    Dialer(ContextInternal context, NetClient client, ProbeSettings settings, LoopLag lag) {
        this.context = context;
        this.client = client;
        this.tls = settings.tls();
        this.places = settings.places();
        this.ways = settings.ways();
        this.lag = lag;
        this.sockets = settings.budgets().sockets();
    }

    /**
     * Completes when bytes may flow; fails with a {@link Fault} at {@code TCP} or {@code TLS}, and with {@link BudgetUsedUp} if
     * this process has no socket left.
     *
     * @param purse pays for what is received
     */
    Future<Line> dial(Destination destination, Deadline deadline, DialLog log, Purse purse) {
        return connect(destination, 0, deadline, log, purse)
                .onSuccess(line -> ways.worked(Way.to(line.destination())))
                .recover(failure -> Future.failedFuture(ways.judged(destination, failure)))
                .compose(line -> secured(line, deadline, log));
    }

    private Future<Line> connect(Destination destination, int attempt, Deadline deadline, DialLog log, Purse purse) {
        int attemptsLeft = destination.addresses().size() - attempt;
        if (attemptsLeft <= 1) {
            return connectOnce(destination, attempt, deadline, log, purse);
        }
        return connectOnce(destination, attempt, deadline.share(attemptsLeft), log, purse)
                .recover(first -> first instanceof Fault
                        ? connect(destination, attempt + 1, deadline, log, purse)
                        : Future.failedFuture(first));
    }

    private Future<Line> connectOnce(
            Destination destination, int attempt, Deadline deadline, DialLog log, Purse purse) {
        if (!sockets.take(1)) {
            return Future.failedFuture(new BudgetUsedUp("no socket was free"));
        }
        InetAddress address =
                destination.proxy() == null ? destination.addresses().get(attempt) : null;
        if (address != null) {
            log.dialling(address, places.of(address));
        }
        long started = System.nanoTime();
        Promise<Line> promise = Promise.promise();
        context.emit(ignored -> client.connect(options(destination, address, deadline))
                .onSuccess(socket -> take(socket, destination.only(address), purse, promise))
                .onFailure(failure -> {
                    sockets.give(1);
                    promise.tryFail(ConnectFailure.judge(failure, address));
                }));
        return deadline.bound(context.nettyEventLoop(), promise, () -> ConnectFailure.late(destination))
                .compose(line ->
                        destination.proxy() == null ? Future.succeededFuture(line) : Tunnel.through(line, deadline))
                .onSuccess(line -> log.took(Stage.TCP, Timing.between(started, connected(started))))
                .onFailure(failure -> log.took(Stage.TCP, started));
    }

    /** On this machine a connection may be up in the round of the loop in which it was asked for. */
    private long connected(long started) {
        return started + Math.max(0, lag.arrival() - started);
    }

    private static ConnectOptions options(Destination destination, @Nullable InetAddress address, Deadline deadline) {
        SocketAddress remote = address == null
                ? destination.proxy()
                : SocketAddress.inetSocketAddress(
                        new InetSocketAddress(address, destination.url().port()));
        return new ConnectOptions().setTimeout(deadline.leftMillis()).setRemoteAddress(remote);
    }

    /** Vert.x logs errors of sockets without a handler; ours are measurements, heard in the pipeline. */
    private void take(NetSocket connected, Destination destination, Purse purse, Promise<Line> promise) {
        NetSocketInternal socket = (NetSocketInternal) connected;
        socket.exceptionHandler(ignored -> {});
        Line line = new Line(socket, new WireGuard(lag::arrival, purse), destination);
        line.channel().closeFuture().addListener(closed -> sockets.give(1));
        line.pipeline().addFirst("guard", line.guard());
        if (!promise.tryComplete(line)) {
            line.drop();
        }
    }

    private Future<Line> secured(Line line, Deadline deadline, DialLog log) {
        RelayUrl url = line.destination().url();
        if (!url.secure()) {
            return Future.succeededFuture(line);
        }
        long started = System.nanoTime();
        Promise<Line> promise = Promise.promise();
        ChannelPipeline pipeline = line.pipeline();
        SslHandler handler = tls.handler(line.channel().alloc(), url.host(), url.port(), deadline);
        handler.handshakeFuture().addListener(handshake -> {
            keep(
                    handshake.isSuccess() ? TlsFacts.of(handler.engine().getSession()) : TlsFacts.of(handshake.cause()),
                    log);
            if (handshake.isSuccess()) {
                promise.complete(line);
            } else {
                promise.fail(RelayTls.fault(handshake.cause(), line.guard()));
                line.drop();
            }
        });
        pipeline.addAfter("guard", "ssl", handler);
        long asked = line.guard().sentNanos(started);
        return promise.future()
                .onSuccess(secured -> log.took(
                        Stage.TLS,
                        new Timing(
                                asked, line.guard().heardNanos(), line.guard().tookTurns())))
                .onFailure(failure -> log.took(Stage.TLS, asked));
    }

    private static void keep(@Nullable TlsSession session, DialLog log) {
        if (session != null) {
            log.secured(session);
        }
    }
}
