package org.nostrmonitor.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.LiveEvents.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens to the live stream. For whoever does not read, no more than {@value #MOST_UNREAD} bytes wait here beside what the
 * operating system takes; then the stream is cut. Used on one event loop.
 */
final class LiveClients {
    static final int MOST = 1_000;
    static final int MOST_OF_A_SITE = 10;
    static final int MOST_UNREAD = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LiveClients.class);
    private static final int RETRY_MS = 3_000;

    /** A browser tells a page of events, not of comments. It has no id: nobody goes on from here. */
    private static final String BEAT = "event: beat\ndata: {}\n\n";

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final LiveEvents events;
    private final Unlimited unlimited;
    private final AtomicInteger count;
    private final MeterRegistry registry;
    private final Set<Client> open = new LinkedHashSet<>();
    private final Map<String, Integer> sites = new HashMap<>();

    /** @param count is kept at the number of streams */
    LiveClients(LiveEvents events, Unlimited unlimited, AtomicInteger count, MeterRegistry registry) {
        this.events = events;
        this.unlimited = unlimited;
        this.count = count;
        this.registry = registry;
    }

    /** @param site null if it is not counted by site */
    private record Client(RoutingContext ctx, @Nullable String site, LiveInterest interest) {
        HttpServerResponse response() {
            return ctx.response();
        }
    }

    int size() {
        return open.size();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Opens a stream, and tells first what was missed. Throws {@code BadParameter} for a wish that is none. */
    void open(RoutingContext ctx) {
        LiveInterest interest = LiveInterest.of(ctx.queryParams());
        String site = unlimited.has(ctx.request().remoteAddress())
                ? null
                : Caller.site(ctx.request().remoteAddress());
        if (open.size() >= MOST || (site != null && sites.getOrDefault(site, 0) >= MOST_OF_A_SITE)) {
            ctx.fail(Denied.tooManyStreams(WAIT));
            return;
        }
        HttpServerResponse response = ctx.response()
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                // Compression would hold events back; and proxies are asked not to collect them.
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no");
        if (HttpMethod.HEAD.equals(ctx.request().method())) {
            Response.empty(ctx, 200);
            return;
        }
        response.setChunked(true).setWriteQueueMaxSize(MOST_UNREAD);
        Client client = new Client(ctx, site, interest);
        hold(client);
        response.exceptionHandler(gone -> forget(client));
        response.closeHandler(gone -> forget(client));
        Connections.isStream(ctx);
        write(client, "retry: " + RETRY_MS + "\n\n" + missed(lastId(ctx), interest));
    }

    private static @Nullable String lastId(RoutingContext ctx) {
        String header = ctx.request().getHeader("Last-Event-ID");
        return header == null ? ctx.queryParams().get("lastEventId") : header;
    }

    /** Whoever cannot go on where it was is told to read everything anew. */
    private String missed(@Nullable String id, LiveInterest interest) {
        List<Event> after = id == null ? null : events.after(id);
        if (after == null) {
            return "id: " + events.newest() + "\nevent: " + (id == null ? "hello" : "reset") + "\ndata: {}\n\n";
        }
        StringBuilder text = new StringBuilder();
        after.stream().filter(interest::covers).forEach(event -> text.append(event.text()));
        return text.toString();
    }

    /** Tells everybody that is there. */
    void beat() {
        List.copyOf(open).forEach(client -> send(client, BEAT));
    }

    /** Tells whoever wants to hear it. */
    void send(Event event) {
        for (Client client : List.copyOf(open)) {
            if (client.interest.covers(event)) {
                send(client, event.text());
            }
        }
    }

    private void send(Client client, String text) {
        if (client.response().writeQueueFull()) {
            registry.counter("monitor.http.cut", "why", "stream").increment();
            forget(client);
            Connections.cut(client.ctx());
        } else {
            write(client, text);
        }
    }

    private void write(Client client, String text) {
        client.response().write(text).onFailure(gone -> {
            LOG.debug("a live stream went away", gone);
            forget(client);
        });
    }

    private void hold(Client client) {
        open.add(client);
        count.set(open.size());
        if (client.site != null) {
            sites.merge(client.site, 1, Integer::sum);
        }
    }

    private void forget(Client client) {
        if (open.remove(client) && client.site != null) {
            sites.computeIfPresent(client.site, (site, n) -> n == 1 ? null : n - 1);
        }
        count.set(open.size());
    }

    /** Ends them all. */
    void close() {
        for (Client client : new ArrayList<>(open)) {
            forget(client);
            client.response().end().onFailure(gone -> LOG.debug("a live stream was gone already", gone));
        }
    }
}
