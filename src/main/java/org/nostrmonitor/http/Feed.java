package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.nostrmonitor.http.Freshness.Tagged;
import org.nostrmonitor.http.view.AtomFeed;
import org.nostrmonitor.storage.RelayViews.Detail;

/** {@code /relays/{url}/feed.atom}: the changes of a relay's state, for feed readers (RFC 4287). */
final class Feed {
    private static final String TYPE = "application/atom+xml; charset=utf-8";

    /** Readers ask every few minutes at most; a check is made four times an hour. */
    private static final String A_MINUTE = "public, max-age=60";

    private static final int INCIDENTS = 50;

    private final Pages pages;

    Feed(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        router.get("/relays/:url/feed.atom")
                .method(HttpMethod.HEAD)
                .handler(ctx -> Future.succeededFuture(ctx)
                        .compose(this::feed)
                        .onSuccess(feed -> Freshness.send(ctx, TYPE, Tagged.of(feed), A_MINUTE))
                        .onFailure(ctx::fail));
    }

    private Future<Buffer> feed(RoutingContext ctx) {
        String origin = Origin.of(ctx);
        return ApiRoutes.url(ctx).compose(pages.reading()::relay).compose(detail -> feed(detail, origin));
    }

    private Future<Buffer> feed(Detail detail, String origin) {
        return pages.reading()
                .past()
                .incidents(detail.item().url(), null, null, INCIDENTS)
                .map(incidents -> Buffer.buffer(AtomFeed.of(pages.site(), detail, incidents.incidents(), origin)));
    }
}
