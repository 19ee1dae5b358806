package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Queries;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the whole list, a page at a time: the next one is read when the last one has left, so that only one is ever held, and
 * nothing more is read for somebody who is gone. Relays that change their place in the order meanwhile may be missing or come
 * twice, but for those sorted by URL. Used on one event loop.
 */
final class Exports {
    /** At the same time. Each has a statement of PostgreSQL under way now and then. */
    static final int MOST = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final int ROWS = 500;
    private static final int TOO_MANY_WAIT_SECONDS = 10;
    private static final Duration FOR_A_PAGE = Duration.ofSeconds(30);

    /** Whoever takes longer does not want to have it. */
    private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

    private final Reading reading;
    private int running;

    Exports(Reading reading) {
        this.reading = reading;
    }

    /** The first page decides whether it is an answer or a problem. */
    void send(RoutingContext ctx, Query query, Export form) {
        if (running >= MOST) {
            ctx.fail(Denied.tooManyExports(Duration.ofSeconds(TOO_MANY_WAIT_SECONDS)));
            return;
        }
        running++;
        reading.part(Queries.at(query, query.cursor(), ROWS))
                .onFailure(ctx::fail)
                .compose(first -> stream(ctx, query, form, first))
                .onComplete(done -> running--);
    }

    private Future<Void> stream(RoutingContext ctx, Query query, Export form, Page first) {
        HttpServerResponse response = ctx.response()
                .putHeader("Content-Type", form.type)
                .putHeader("Content-Disposition", "attachment; filename=\"" + form.file + "\"")
                .putHeader("Cache-Control", "no-cache");
        Response.since(ctx, first.stale());
        if (HttpMethod.HEAD.equals(ctx.request().method())) {
            return response.end().onComplete(sent -> Connections.sent(ctx));
        }
        response.setChunked(true);
        long until = System.nanoTime() + LONGEST_NANOS;
        return page(ctx, query, form, first, form.head(), until)
                .compose(done -> response.end())
                .onSuccess(sent -> Connections.sent(ctx))
                .onFailure(fault -> broken(ctx, fault));
    }

    private Future<Void> page(RoutingContext ctx, Query query, Export form, Page page, String head, long until) {
        Connections.goesOn(ctx, FOR_A_PAGE);
        return ctx.response()
                .write(lines(form, page, head))
                .compose(written -> next(query, page, until))
                .compose(next -> next == null ? Future.succeededFuture() : page(ctx, query, form, next, "", until));
    }

    private Future<@Nullable Page> next(Query query, Page page, long until) {
        String cursor = page.next();
        if (cursor == null) {
            return Future.succeededFuture();
        }
        return System.nanoTime() - until > 0
                ? Future.failedFuture(new IllegalStateException("the reader takes too long"))
                : reading.part(Queries.at(query, cursor, ROWS)).map(next -> next);
    }

    private static Buffer lines(Export form, Page page, String head) {
        StringBuilder lines = new StringBuilder(head);
        page.items().forEach(item -> lines.append(form.line(item)));
        return Buffer.buffer(lines.toString());
    }

    /** Without an end, so that nobody takes half a list for all of it. */
    private static void broken(RoutingContext ctx, Throwable fault) {
        LOG.debug("an export was not sent to its end", fault);
        Connections.cut(ctx);
    }
}
