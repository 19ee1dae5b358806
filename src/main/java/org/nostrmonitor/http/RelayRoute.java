package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.Notice;
import org.nostrmonitor.http.view.Numbers;
import org.nostrmonitor.http.view.RelayPage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.OtherMonitors.Testimony;
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

    private Future<RelayPage> relay(RoutingContext ctx) {
        String from = Pages.parameter(ctx, "from");
        Instant before = Parameters.before(Pages.parameter(ctx, "before"));
        Integer asked = Pages.number(ctx, "asked");
        Notice notice = asked == null
                ? null
                : Notice.done("A check was asked for in " + Numbers.plural(asked, "region", "regions") + ".");
        return ApiRoutes.url(ctx)
                .compose(pages.reading()::relay)
                .compose(detail -> relay(detail, from, before, notice));
    }

    /** The page of a relay with what came of its form. */
    Future<Buffer> page(RelayUrl url, Notice notice) {
        return pages.reading()
                .relay(url)
                .compose(detail -> relay(detail, null, null, notice))
                .map(page -> pages.render("relay", page));
    }

    private Future<RelayPage> relay(
            Detail detail, @Nullable String from, @Nullable Instant before, @Nullable Notice notice) {
        RelayUrl url = detail.item().url();
        Seen seen = RelayPage.shown(detail, from);
        String region = seen == null ? null : seen.region();
        Future<List<Result>> day = pages.reading().results(url, region, null, RESULTS_OF_A_DAY);
        Future<ResultBatch> results = pages.reading()
                .results(url, from == null ? null : region, before, RESULTS)
                .map(read -> ResultBatch.of(read, RESULTS, from == null));
        Future<List<NostrEvent>> events = pages.reading().discoveries(url);
        Future<@Nullable List<JobStatus>> jobs =
                Pages.orNull(pages.reading().queue().jobs(url));
        Future<Family> family = pages.reading().family(url);
        Future<Testimony> others = pages.reading().monitors(url);
        return Future.all(List.of(pages.reading().now(), day, results, events, jobs, family, others))
                .map(all -> RelayPage.of(
                        pages.site(),
                        all.resultAt(0),
                        new RelayPage.Parts(
                                detail,
                                family.result(),
                                from,
                                day.result(),
                                results.result().rows(),
                                results.result().next(),
                                before,
                                events.result(),
                                others.result(),
                                jobs.result(),
                                pages.admin(),
                                notice)));
    }
}
