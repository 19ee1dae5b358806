package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.nostrmonitor.http.view.RelaysPage;
import org.nostrmonitor.http.view.RelaysPage.Way;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.http.view.SearchUrl;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;

/** {@code /relays}: which relays can do what is asked for. */
final class RelaysRoute {
    static final String PATH = "/relays";
    private static final int ROWS = 50;
    private static final int FOUND = 303;

    private final Pages pages;

    RelaysRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        router.get(PATH).handler(RelaysRoute::tidy);
        pages.page(router, PATH, "relays", this::relays);
    }

    /** Forms send their empty fields too: the address that is kept and passed on has none of them. */
    private static void tidy(RoutingContext ctx) {
        SearchUrl typed = TypedSearch.tidy(ctx.queryParams());
        if (typed == null) {
            ctx.next();
        } else {
            ctx.response().putHeader("Location", typed.href()).putHeader("Cache-Control", "no-cache");
            Response.empty(ctx, FOUND);
        }
    }

    private Future<Supplier<RelaysPage>> relays(RoutingContext ctx) {
        Search search = search(ctx.queryParams());
        Future<Page> page = pages.reading().relays(search.query());
        Future<List<Integer>> ways = page.compose(found -> ways(search, found));
        return Future.all(pages.reading().now(), page, pages.reading().overview(), countries(), ways)
                .map(all -> () -> RelaysPage.of(
                        pages.site(),
                        all.resultAt(0),
                        search,
                        all.resultAt(1),
                        all.<Told<Overview>>resultAt(2).value(),
                        all.resultAt(3),
                        all.resultAt(4)));
    }

    /** None as long as they cannot be told: the other filters do without. */
    private Future<List<Count>> countries() {
        return pages.reading()
                .past()
                .shape()
                .map(shape -> shape == null ? List.<Count>of() : shape.countries())
                .otherwise(List.of());
    }

    private static Search search(MultiMap given) {
        return Search.parse(name -> name.equals("limit") ? null : given.get(name), ROWS)
                .narrowedTo(Narrowings.parse(given));
    }

    /** How many relays the searches with one condition less have; only for those who would see nothing else. */
    private Future<List<Integer>> ways(Search search, Page found) {
        if (!found.items().isEmpty() || !search.narrows()) {
            return Future.succeededFuture(List.of());
        }
        List<Future<Integer>> totals = RelaysPage.ways(search).stream()
                .map(Way::url)
                .map(url -> pages.reading()
                        .relays(search(given(url)).first(1).query())
                        .map(Page::total))
                .toList();
        return Future.all(totals).map(all -> all.<Integer>list());
    }

    private static MultiMap given(SearchUrl url) {
        MultiMap given = MultiMap.caseInsensitiveMultiMap();
        url.pairs().forEach(pair -> given.add(pair.name(), pair.value()));
        return given;
    }
}
