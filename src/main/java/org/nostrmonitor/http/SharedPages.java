package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Pages for browsers that renew one that is open already: made and compressed once in {@value #SECONDS} seconds, however many
 * have the same one open. Whoever opens a page gets one that is made for the moment. Used on one event loop.
 */
final class SharedPages {
    /** What {@code renew.js} sends, so that a page that is opened is never an old one. */
    static final String HEADER = "Live-Renewal";

    static final int SECONDS = 2;

    /** Of about 100 KB; more addresses than these within two seconds are made each for itself. */
    private static final int MOST = 50;

    private final Vertx vertx;
    private final InstantSource clock;
    private final Map<String, Entry> kept = new LinkedHashMap<>();

    SharedPages(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    private record Entry(Instant until, Future<Page> page) {}

    private record Page(Buffer plain, Buffer compressed) {
        static Page of(Buffer html) {
            return new Page(html, compress(html));
        }
    }

    static boolean isFor(RoutingContext ctx) {
        return ctx.request().headers().contains(HEADER)
                && HttpMethod.GET.equals(ctx.request().method());
    }

    /** Completes when it is sent; fails as the making of the page fails. */
    Future<Void> send(RoutingContext ctx, Supplier<Future<Buffer>> make) {
        return page(Origin.of(ctx) + ctx.request().uri(), make)
                .onSuccess(page -> send(ctx, page))
                .mapEmpty();
    }

    /** @param address whole: a page says where its reader found it, and tells that to nobody else */
    private Future<Page> page(String address, Supplier<Future<Buffer>> make) {
        Instant now = clock.instant();
        kept.values().removeIf(entry -> !now.isBefore(entry.until) || entry.page.failed());
        Entry there = kept.get(address);
        if (there != null) {
            return there.page;
        }
        Future<Page> made = make.get().compose(html -> vertx.executeBlocking(() -> Page.of(html), false));
        if (kept.size() < MOST) {
            kept.put(address, new Entry(now.plus(Duration.ofSeconds(SECONDS)), made));
        }
        return made;
    }

    private static void send(RoutingContext ctx, Page page) {
        String accepted = ctx.request().getHeader("Accept-Encoding");
        boolean compressed =
                accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
        if (compressed) {
            ctx.response().putHeader("Content-Encoding", "gzip").putHeader("Vary", "accept-encoding");
        }
        Response.fresh(ctx, Response.HTML, compressed ? page.compressed : page.plain);
    }

    private static Buffer compress(Buffer html) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(html.length() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(html.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
