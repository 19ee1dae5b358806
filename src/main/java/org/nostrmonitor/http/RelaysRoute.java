package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.nostrmonitor.http.view.RelaysPage;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.storage.RelayViews.Overview;

/** {@code /relays}: which relays can do what is asked for. */
final class RelaysRoute {
    private static final int ROWS = 50;

    private final Pages pages;

    RelaysRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        pages.page(router, "/relays", "relays", this::relays);
    }

    private Future<RelaysPage> relays(RoutingContext ctx) {
        Search search = Search.parse(name -> name.equals("limit") ? null : Pages.parameter(ctx, name), ROWS);
        return Future.all(
                        pages.reading().now(),
                        pages.reading().relays(search.query()),
                        pages.reading().overview())
                .map(all -> RelaysPage.of(
                        pages.site(),
                        all.resultAt(0),
                        search,
                        all.resultAt(1),
                        all.<Told<Overview>>resultAt(2).value()));
    }
}
