package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.IncidentPanel;
import org.nostrmonitor.http.view.LatencyPlot;
import org.nostrmonitor.http.view.Notice;
import org.nostrmonitor.http.view.Numbers;
import org.nostrmonitor.http.view.Range;
import org.nostrmonitor.http.view.RelayPage;
import org.nostrmonitor.http.view.RelayPage.Asked;
import org.nostrmonitor.http.view.RelayPage.Past;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.OtherMonitors.Testimony;
import org.nostrmonitor.storage.Published;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Seen;

/** {@code /relays/{url}}: a relay, and by what evidence. */
final class RelayRoute {
    private static final int RESULTS = 24;
    private static final int RESULTS_OF_A_DAY = 200;

    private final Pages pages;

    RelayRoute(Pages pages) {
        this.pages = pages;
    }

    void on(Router router) {
        pages.page(router, "/relays/:url", "relay", this::relay);
    }

    private Future<Supplier<RelayPage>> relay(RoutingContext ctx) {
        Asked asked = new Asked(
                Pages.parameter(ctx, "from"),
                Parameters.before(Pages.parameter(ctx, "before")),
                Pages.parameter(ctx, "incidents"),
                Range.of(Pages.parameter(ctx, "range")),
                LatencyPlot.phase(Pages.parameter(ctx, "phase")),
                Origin.of(ctx));
        Integer regions = Pages.number(ctx, "asked");
        Notice notice = regions == null
                ? null
                : Notice.done("A check was asked for in " + Numbers.plural(regions, "region", "regions") + ".");
        return ApiRoutes.url(ctx).compose(pages.reading()::relay).compose(detail -> relay(detail, asked, notice));
    }

    /** The page of a relay with what came of its form. */
    Future<Buffer> page(RoutingContext ctx, RelayUrl url, Notice notice) {
        Asked asked = new Asked(null, null, null, Range.DAY, LatencyPlot.phase(null), Origin.of(ctx));
        return pages.reading()
                .relay(url)
                .compose(detail -> relay(detail, asked, notice))
                .compose(page -> pages.write("relay", page));
    }

    private Future<Supplier<RelayPage>> relay(Detail detail, Asked asked, @Nullable Notice notice) {
        RelayUrl url = detail.item().url();
        Seen seen = RelayPage.shown(detail, asked.region());
        String region = seen == null ? null : seen.region();
        boolean one = asked.region() != null;
        Future<List<Result>> day = pages.reading().results(url, region, null, RESULTS_OF_A_DAY);
        Future<ResultBatch> results = pages.reading()
                .results(url, one ? region : null, asked.before(), RESULTS)
                .map(read -> ResultBatch.of(read, RESULTS, !one));
        Future<List<Published>> events = pages.reading().published(url);
        Future<@Nullable List<JobStatus>> jobs =
                Pages.orNull(pages.reading().queue().jobs(url));
        Future<Family> family = pages.reading().family(url);
        Future<Past> past = past(url, region, asked);
        Future<Testimony> others = pages.reading().monitors(url);
        return Future.all(List.of(pages.reading().now(), day, results, events, jobs, family, past, others))
                .map(all -> () -> RelayPage.of(
                        pages.site(),
                        all.resultAt(0),
                        new RelayPage.Parts(
                                asked,
                                detail,
                                family.result(),
                                past.result(),
                                day.result(),
                                results.result().rows(),
                                results.result().next(),
                                events.result(),
                                others.result(),
                                jobs.result(),
                                pages.admin(),
                                notice)));
    }

    private Future<Past> past(RelayUrl url, @Nullable String region, Asked asked) {
        PastReading past = pages.reading().past();
        Range range = asked.range();
        Future<Uptimes> uptimes = past.uptime(url);
        Future<Incidents> incidents = past.incidents(url, null, asked.cursor(), IncidentPanel.MOST);
        PastSpan span = new PastSpan(
                range.from(pages.reading().instant()), pages.reading().instant(), range.resolution());
        Future<List<Point>> points = range == Range.DAY || region == null
                ? Future.succeededFuture(List.of())
                : past.points(url, region, span, Set.of(asked.phase()));
        return Future.all(uptimes, incidents, points)
                .map(all -> new Past(uptimes.result(), incidents.result(), points.result()));
    }
}
