package org.nostrmonitor.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open connections: how many there may be, and how long each may take for what. Bytes alone buy no time, so that nobody
 * holds one by sending or reading slowly. Used on one event loop.
 */
final class Connections {
    private static final String TURN = Connections.class.getName();

    /** What Vert.x calls its handler that closes connections on which nothing moves. */
    private static final String IDLE = "idle";

    private final Vertx vertx;
    private final WebLimits limits;
    private final Unlimited unlimited;
    private final MeterRegistry registry;
    private final Map<HttpConnection, Held> open = new HashMap<>();
    private final Set<Held> idle = new LinkedHashSet<>();
    private final Map<String, Integer> sites = new HashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Connections(Vertx vertx, WebLimits limits, Unlimited unlimited, MeterRegistry registry) {
        this.vertx = vertx;
        this.limits = limits;
        this.unlimited = unlimited;
        this.registry = registry;
        Gauge.builder("monitor.http.connections", count, AtomicInteger::get)
                .description("Open connections to the HTTP server")
                .register(registry);
    }

    /** One that may be there. */
    private final class Held {
        private final HttpConnection connection;
        private final @Nullable String site;
        private long timer = -1;
        private int turn;

        Held(HttpConnection connection, @Nullable String site) {
            this.connection = connection;
            this.site = site;
        }

        boolean isOpen() {
            return open.containsKey(connection);
        }

        /** Nothing was asked since the last answer. */
        void rest() {
            idle.add(this);
            limit(limits.forAHead());
        }

        /** Its answer is written, but may wait here for whoever asked to read it. */
        void ended() {
            if (open.containsKey(connection) && !idle.contains(this)) {
                limit(limits.forReading());
            }
        }

        void sent(int answered) {
            if (open.containsKey(connection) && answered == turn) {
                rest();
            }
        }

        void unlimited() {
            vertx.cancelTimer(timer);
        }

        void limit(Duration to) {
            vertx.cancelTimer(timer);
            timer = vertx.setTimer(to.toMillis(), late -> drop(this, "slow"));
        }
    }

    /** A request and its answer; by the time that its answer is sent the next one may have begun. */
    private record Turn(Held held, int number) {}

    /** A new connection: counted, or closed at once. */
    void opened(HttpConnection connection) {
        ChannelHandlerContext wire = ((HttpServerConnection) connection).channelHandlerContext();
        wire.pipeline().addBefore(wire.name(), "securityHeaders", new HeadersOnTheWire());
        String site = unlimited.has(connection.remoteAddress()) ? null : Caller.site(connection.remoteAddress());
        if (site != null && sites.getOrDefault(site, 0) >= limits.connectionsOfASite()) {
            cut(connection, "site");
        } else if (open.size() < limits.connections() || madeRoom()) {
            hold(new Held(connection, site));
        } else {
            cut(connection, "full");
        }
    }

    private void hold(Held held) {
        open.put(held.connection, held);
        count.set(open.size());
        if (held.site != null) {
            sites.merge(held.site, 1, Integer::sum);
        }
        held.connection.closeHandler(gone -> forget(held));
        held.rest();
    }

    /** Who has asked nothing for the longest time makes room. */
    private boolean madeRoom() {
        Iterator<Held> longest = idle.iterator();
        boolean found = longest.hasNext();
        if (found) {
            drop(longest.next(), "full");
        }
        return found;
    }

    /** Before all routes: a request has come to the end of its head. */
    void asked(RoutingContext ctx) {
        Held held = open.get(ctx.request().connection());
        if (held != null) {
            idle.remove(held);
            held.limit(limits.forAnAnswer());
            held.turn++;
            ctx.put(TURN, new Turn(held, held.turn));
            ctx.addEndHandler(ended -> held.ended());
        }
        ctx.next();
    }

    /** Whoever asked has all of the answer, as far as we can see: it has left this process. */
    static void sent(RoutingContext ctx) {
        Turn turn = ctx.get(TURN);
        if (turn != null) {
            turn.held.sent(turn.number);
        }
    }

    /** One that asks to become a WebSocket. What closes it at once, now or later. */
    Runnable upgrading(HttpConnection connection) {
        ChannelHandlerContext wire = ((HttpServerConnection) connection).channelHandlerContext();
        Channel channel = wire.channel();
        Held held = open.get(connection);
        if (held != null) {
            idle.remove(held);
            held.limit(limits.forAnAnswer());
            // The connection does not tell any more, once it is a WebSocket.
            channel.closeFuture().addListener(closed -> forget(held));
        }
        // From the front of the pipeline: Vert.x's handler at its end would say goodbye first, and wait.
        return () -> {
            var unused = channel.pipeline().firstContext().close();
        };
    }

    /** It is one: counted as before, but it may be silent, and how long is somebody else's to say. */
    void upgraded(HttpConnection connection) {
        Held held = open.get(connection);
        if (held != null) {
            vertx.cancelTimer(held.timer);
        }
        ChannelPipeline pipeline = ((HttpServerConnection) connection)
                .channelHandlerContext()
                .channel()
                .pipeline();
        if (pipeline.get(IDLE) != null) {
            pipeline.remove(IDLE);
        }
    }

    /** A long answer goes on: whoever asked has taken what was written of it so far. */
    static void goesOn(RoutingContext ctx, Duration to) {
        Turn turn = ctx.get(TURN);
        if (turn != null && turn.held.isOpen()) {
            turn.held.limit(to);
        }
    }

    /** Its answer has no end: whoever writes it sees to those who do not read. */
    static void isStream(RoutingContext ctx) {
        Turn turn = ctx.get(TURN);
        if (turn != null) {
            turn.held.unlimited();
        }
    }

    /** At once, whatever waits to be read. */
    static void cut(RoutingContext ctx) {
        close(ctx.request().connection());
    }

    private void drop(Held held, String why) {
        forget(held);
        cut(held.connection, why);
    }

    private void forget(Held held) {
        vertx.cancelTimer(held.timer);
        idle.remove(held);
        if (open.remove(held.connection) != null && held.site != null) {
            sites.computeIfPresent(held.site, (site, n) -> n == 1 ? null : n - 1);
        }
        count.set(open.size());
    }

    /** At once: {@link HttpConnection#close} waits until all is sent, for as long as the other side does not read. */
    private void cut(HttpConnection connection, String why) {
        registry.counter("monitor.http.cut", "why", why).increment();
        close(connection);
    }

    private static void close(HttpConnection connection) {
        var unused = ((HttpServerConnection) connection).channelHandlerContext().close();
    }
}
