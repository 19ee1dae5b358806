package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nostrmonitor.http.view.Now;
import org.nostrmonitor.http.view.Range;
import org.nostrmonitor.http.view.StatisticsPage;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Tallies;

/** {@code /statistics}: what relays have in common, and how that changes. */
final class StatisticsRoute {
    private final Pages pages;

    StatisticsRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        pages.page(router, "/statistics", "statistics", this::statistics);
    }

    private Future<Supplier<StatisticsPage>> statistics(RoutingContext ctx) {
        Range range = Range.of(Pages.parameter(ctx, "range"), Range.MONTH, StatisticsPage.RANGES);
        PastSpan span = PastSpan.daysBack(range.length(), pages.reading().instant());
        List<Future<Tallies>> kinds = Stream.of(Kind.SOFTWARE, Kind.NIP, Kind.COUNTRY, Kind.ASN, Kind.NETWORK)
                .map(kind -> pages.reading().past().tallies(kind, span, StatisticsPage.ROWS))
                .toList();
        Future<Now> now = pages.reading().now();
        return Future.all(kinds)
                .compose(all -> now.map(
                        at -> () -> StatisticsPage.of(pages.site(), at, range, span.lastDay(), all.<Tallies>list())));
    }
}
