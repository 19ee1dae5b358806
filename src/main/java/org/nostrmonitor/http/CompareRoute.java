package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.ComparePage;
import org.nostrmonitor.http.view.Compared;
import org.nostrmonitor.http.view.Comparison;
import org.nostrmonitor.http.view.LatencyPlot;
import org.nostrmonitor.http.view.Range;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Page;

/** {@code /compare}: up to five relays beside one another. */
final class CompareRoute {
    private static final int OFFERED = 8;

    /** More are not even read. */
    private static final int MOST_GIVEN = 50;

    private final Pages pages;

    CompareRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        pages.page(router, "/compare", "compare", this::compare);
    }

    private Future<Supplier<ComparePage>> compare(RoutingContext ctx) {
        List<String> notes = new ArrayList<>();
        Comparison asked = new Comparison(
                chosen(ctx, notes),
                Search.parse(name -> name.equals("q") ? Pages.parameter(ctx, name) : null, OFFERED + Comparison.MOST)
                        .text(),
                Pages.parameter(ctx, "from"),
                Range.of(Pages.parameter(ctx, "range")),
                LatencyPlot.phase(Pages.parameter(ctx, "phase")));
        Instant now = pages.reading().instant();
        List<Future<@Nullable Compared>> relays =
                asked.relays().stream().map(url -> read(url, asked, now)).toList();
        return Future.all(Future.all(relays), offered(asked), pages.reading().now())
                .map(all -> {
                    List<Compared> known = relays.stream()
                            .map(Future::result)
                            .filter(Objects::nonNull)
                            .toList();
                    return () -> ComparePage.of(
                            pages.site(), all.resultAt(2), asked, known, notes, all.<List<Item>>resultAt(1));
                });
    }

    /** What is no URL of a relay, or is one too many, is left out, and said. */
    private static List<RelayUrl> chosen(RoutingContext ctx, List<String> notes) {
        Set<RelayUrl> chosen = new LinkedHashSet<>();
        List<String> given = ctx.queryParams().getAll("relay");
        for (String value : given.subList(0, Math.min(given.size(), MOST_GIVEN))) {
            try {
                if (!value.isBlank()) {
                    chosen.add(RelayUrl.parse(value.strip()));
                }
            } catch (InvalidRelayUrl e) {
                notes.add("“" + value + "” is not the URL of a relay: " + e.why() + ".");
            }
        }
        if (chosen.size() > Comparison.MOST) {
            notes.add("Five are compared at most: what was chosen after them is left out.");
        }
        return chosen.stream().limit(Comparison.MOST).toList();
    }

    /** Null if it is not known here. */
    private Future<@Nullable Compared> read(RelayUrl url, Comparison asked, Instant now) {
        PastSpan span = new PastSpan(asked.range().from(now), now, asked.range().resolution());
        return pages.reading()
                .relay(url)
                .map(detail -> (@Nullable Detail) detail)
                .recover(fault -> fault instanceof Unknown ? Future.succeededFuture() : Future.failedFuture(fault))
                .compose(detail -> detail == null ? Future.succeededFuture() : past(detail, asked, span));
    }

    private Future<@Nullable Compared> past(Detail detail, Comparison asked, PastSpan span) {
        RelayUrl url = detail.item().url();
        Future<List<Point>> points = pages.reading().past().points(url, asked.region(), span, Set.of(asked.phase()));
        Future<Uptimes> uptimes = pages.reading().past().uptime(url);
        return Future.all(points, uptimes).map(all -> new Compared(detail, uptimes.result(), points.result()));
    }

    /** Relays that match what was typed, and are not among the chosen ones. */
    private Future<List<Item>> offered(Comparison asked) {
        if (asked.text().isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Search search = Search.parse(name -> name.equals("q") ? asked.text() : null, OFFERED + Comparison.MOST);
        return pages.reading()
                .part(search.query())
                .map(Page::items)
                .map(items -> items.stream()
                        .filter(item -> !asked.relays().contains(item.url()))
                        .limit(OFFERED)
                        .toList());
    }
}
