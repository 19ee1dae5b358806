package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.NetworkParts;
import org.nostrmonitor.http.view.OverviewPage;
import org.nostrmonitor.http.view.Range;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.Statistics.Shape;

/** {@code /}: how the network is, and what broke just now. */
final class OverviewRoute {
    /** The rest of the overview is told while the list cannot be read. */
    private static final Page NOTHING = new Page(List.of(), 0, null);

    private final Pages pages;

    OverviewRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        pages.page(router, "/", "overview", this::overview);
    }

    private Future<Supplier<OverviewPage>> overview(RoutingContext ctx) {
        Range range = Range.of(Pages.parameter(ctx, "range"), Range.WEEK, NetworkParts.RANGES);
        return Future.all(
                        pages.reading().now(),
                        pages.reading().overview(),
                        pages.reading()
                                .relays(Search.all(OverviewPage.ROWS).query())
                                .otherwise(NOTHING),
                        pages.reading().queue().workers(),
                        network(range))
                .map(all -> {
                    Told<Overview> overview = all.resultAt(1);
                    return () -> OverviewPage.of(
                            pages.site(),
                            all.resultAt(0),
                            overview.value(),
                            overview.stale(),
                            all.resultAt(4),
                            all.resultAt(2),
                            all.resultAt(3));
                });
    }

    /** What of it cannot be read now is left out. */
    private Future<NetworkParts> network(Range range) {
        PastReading past = pages.reading().past();
        PastSpan span = PastSpan.back(range.length(), pages.reading().instant());
        Future<@Nullable List<NetworkPoint>> states = Pages.orNull(past.network(span));
        Future<@Nullable Shape> shape = past.shape().recover(away -> Future.succeededFuture());
        return Future.all(states, shape)
                .map(both -> new NetworkParts(
                        range, span.from(), span.to(), span.resolution(), states.result(), shape.result()));
    }
}
