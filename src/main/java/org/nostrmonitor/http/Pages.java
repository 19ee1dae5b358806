package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.http.view.Frame;
import org.nostrmonitor.http.view.Now;
import org.nostrmonitor.http.view.OverviewPage;
import org.nostrmonitor.http.view.RelayPage;
import org.nostrmonitor.http.view.RelaysPage;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.http.view.SystemPage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Seen;

/** The pages for people: whole, without scripts, each from one address. */
final class Pages {
    private static final int ROWS = 50;
    private static final int CYCLES = 24;
    private static final int RESULTS = 24;
    private static final int RESULTS_OF_A_DAY = 200;

    private final Frame.Site site;
    private final String cron;
    private final Reading reading;
    private final Templates templates;

    Pages(Frame.Site site, String cron, Reading reading, Templates templates) {
        this.site = site;
        this.cron = cron;
        this.reading = reading;
        this.templates = templates;
    }

    void on(Router router) {
        page(router, "/", "overview", ctx -> overview());
        page(router, "/relays", "relays", this::relays);
        page(router, "/relays/:url", "relay", this::relay);
        page(router, "/system", "system", ctx -> system());
    }

    private <T extends Record> void page(
            Router router, String path, String template, Function<RoutingContext, Future<T>> page) {
        router.get(path)
                .method(HttpMethod.HEAD)
                .handler(ctx -> Future.succeededFuture(ctx)
                        .compose(page)
                        .map(view -> templates.render(template, view))
                        .onSuccess(html -> Response.fresh(ctx, Response.HTML, html))
                        .onFailure(ctx::fail));
    }

    private Future<OverviewPage> overview() {
        return Future.all(
                        reading.now(),
                        reading.overview(),
                        reading.relays(Search.all(OverviewPage.ROWS).query()))
                .map(all -> OverviewPage.of(site, all.resultAt(0), all.resultAt(1), all.resultAt(2)));
    }

    private Future<RelaysPage> relays(RoutingContext ctx) {
        Search search = Search.parse(name -> name.equals("limit") ? null : parameter(ctx, name), ROWS);
        return Future.all(reading.now(), reading.relays(search.query()), reading.overview())
                .map(all -> RelaysPage.of(site, all.resultAt(0), search, all.resultAt(1), all.resultAt(2)));
    }

    private Future<RelayPage> relay(RoutingContext ctx) {
        String given = ctx.pathParam("url");
        String from = parameter(ctx, "from");
        Instant before = before(parameter(ctx, "before"));
        try {
            RelayUrl url = RelayUrl.parse(given);
            return reading.relay(url).compose(detail -> relay(detail, from, before));
        } catch (InvalidRelayUrl e) {
            return Future.failedFuture(e);
        }
    }

    private Future<RelayPage> relay(Detail detail, @Nullable String from, @Nullable Instant before) {
        RelayUrl url = detail.item().url();
        Seen seen = RelayPage.shown(detail, from);
        String region = seen == null ? null : seen.region();
        Future<List<Result>> day = reading.results(url, region, null, RESULTS_OF_A_DAY);
        Future<ResultBatch> results = reading.results(url, from == null ? null : region, before, RESULTS)
                .map(read -> ResultBatch.of(read, RESULTS, from == null));
        Future<List<NostrEvent>> events = reading.discoveries(url);
        return Future.all(reading.now(), day, results, events)
                .map(all -> RelayPage.of(
                        site,
                        all.resultAt(0),
                        new RelayPage.Parts(
                                detail,
                                from,
                                day.result(),
                                results.result().rows(),
                                results.result().next(),
                                before,
                                events.result())));
    }

    private Future<SystemPage> system() {
        return Future.all(reading.now(), reading.cycles(CYCLES), reading.outboxDepth())
                .compose(all -> system(all.resultAt(0), all.resultAt(1), all.resultAt(2)));
    }

    /** Redis may be away: then the page says so, and shows the rest. */
    private Future<SystemPage> system(Now now, List<Cycle> cycles, Map<String, Integer> depth) {
        var queue = reading.queueCounts(cycles);
        var workers = reading.workers();
        var dead = reading.deadLetters(cycles);
        return Future.join(queue, workers, dead)
                .transform(settled -> Future.succeededFuture(SystemPage.of(
                        site,
                        now,
                        new SystemPage.Parts(cycles, depth, queue.result(), workers.result(), dead.result(), cron))));
    }

    private static @Nullable Instant before(@Nullable String given) {
        if (given == null) {
            return null;
        }
        try {
            return Instant.parse(given);
        } catch (DateTimeParseException e) {
            throw new BadParameter("before is not a time such as 2026-11-22T16:30:00Z");
        }
    }

    private static @Nullable String parameter(RoutingContext ctx, String name) {
        String value = ctx.queryParams().get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
