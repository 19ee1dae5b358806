package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.http.QueueReading.QueueNow;
import org.nostrmonitor.http.view.Frame;
import org.nostrmonitor.http.view.Notice;
import org.nostrmonitor.http.view.Now;
import org.nostrmonitor.http.view.Numbers;
import org.nostrmonitor.http.view.OverviewPage;
import org.nostrmonitor.http.view.RegionLetter;
import org.nostrmonitor.http.view.RelayPage;
import org.nostrmonitor.http.view.RelaysPage;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.http.view.SystemPage;
import org.nostrmonitor.http.view.SystemParts;
import org.nostrmonitor.http.view.SystemParts.Form;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Seen;

/** The pages for people: whole, without scripts, each from one address. */
final class Pages {
    private static final int ROWS = 50;
    private static final int CYCLES = 16;
    private static final int RESULTS = 24;
    private static final int RESULTS_OF_A_DAY = 200;

    /** The rest of the overview is told while the list cannot be read. */
    private static final Page NOTHING = new Page(List.of(), 0, null);

    private final Frame.Site site;
    private final String cron;
    private final Reading reading;
    private final Templates templates;
    private final boolean admin;
    private final Duration cadence;

    /** @param admin whether there is a token, so that forms can be sent */
    Pages(Frame.Site site, String cron, Reading reading, Templates templates, boolean admin) {
        this.site = site;
        this.cron = cron;
        this.reading = reading;
        this.templates = templates;
        this.admin = admin;
        this.cadence = new CronTicks(cron).cadence(reading.instant());
    }

    void on(Router router) {
        page(router, "/", "overview", ctx -> overview());
        page(router, "/relays", "relays", this::relays);
        page(router, "/relays/:url", "relay", this::relay);
        page(router, "/system", "system", ctx -> systemPage(new Form(admin, done(ctx), Set.of())));
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
                        reading.relays(Search.all(OverviewPage.ROWS).query()).otherwise(NOTHING),
                        reading.queue().workers())
                .map(all -> {
                    Told<Overview> overview = all.resultAt(1);
                    return OverviewPage.of(
                            site,
                            all.resultAt(0),
                            overview.value(),
                            overview.stale(),
                            all.resultAt(2),
                            all.resultAt(3));
                });
    }

    private Future<RelaysPage> relays(RoutingContext ctx) {
        Search search = Search.parse(name -> name.equals("limit") ? null : parameter(ctx, name), ROWS);
        return Future.all(reading.now(), reading.relays(search.query()), reading.overview())
                .map(all -> RelaysPage.of(
                        site,
                        all.resultAt(0),
                        search,
                        all.resultAt(1),
                        all.<Told<Overview>>resultAt(2).value()));
    }

    private Future<RelayPage> relay(RoutingContext ctx) {
        String from = parameter(ctx, "from");
        Instant before = Parameters.before(parameter(ctx, "before"));
        Integer asked = count(ctx, "asked");
        Notice notice = asked == null
                ? null
                : Notice.done("A check was asked for in " + Numbers.plural(asked, "region", "regions") + ".");
        return ApiRoutes.url(ctx).compose(reading::relay).compose(detail -> relay(detail, from, before, notice));
    }

    /** The page of a relay with what came of its form. */
    Future<Buffer> relay(RelayUrl url, Notice notice) {
        return reading.relay(url)
                .compose(detail -> relay(detail, null, null, notice))
                .map(page -> templates.render("relay", page));
    }

    private Future<RelayPage> relay(
            Detail detail, @Nullable String from, @Nullable Instant before, @Nullable Notice notice) {
        RelayUrl url = detail.item().url();
        Seen seen = RelayPage.shown(detail, from);
        String region = seen == null ? null : seen.region();
        Future<List<Result>> day = reading.results(url, region, null, RESULTS_OF_A_DAY);
        Future<ResultBatch> results = reading.results(url, from == null ? null : region, before, RESULTS)
                .map(read -> ResultBatch.of(read, RESULTS, from == null));
        Future<List<NostrEvent>> events = reading.discoveries(url);
        Future<@Nullable List<JobStatus>> jobs = orNull(reading.queue().jobs(url));
        Future<Family> family = reading.family(url);
        return Future.all(reading.now(), day, results, events, jobs, family)
                .map(all -> RelayPage.of(
                        site,
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
                                jobs.result(),
                                admin,
                                notice)));
    }

    /** The system page with what came of its form. */
    Future<Buffer> system(Form form) {
        return systemPage(form).map(page -> templates.render("system", page));
    }

    /** PostgreSQL or Redis may be away: then the page says so, and shows the rest. */
    private Future<SystemPage> systemPage(Form form) {
        Future<@Nullable List<Cycle>> cycles = orNull(reading.recentCycles(CYCLES));
        Future<@Nullable Map<String, Integer>> depth = orNull(reading.outboxDepth());
        Future<@Nullable QueueNow> queue = orNull(reading.queue().now());
        Future<@Nullable List<RegionLetter>> letters = orNull(reading.queue().letters());
        Future<@Nullable List<TargetState>> targets = orNull(reading.queue().targets());
        Future<Now> now = reading.now();
        return Future.all(now, cycles, depth, targets, queue, letters).map(all -> {
            QueueNow seen = queue.result();
            return SystemPage.of(
                    site,
                    now.result(),
                    new SystemParts(
                            cycles.result(),
                            depth.result(),
                            targets.result(),
                            seen == null ? null : seen.counts(),
                            seen == null ? null : seen.workers(),
                            letters.result(),
                            cron,
                            cadence,
                            form));
        });
    }

    private static <T> Future<@Nullable T> orNull(Future<T> reading) {
        return reading.<@Nullable T>map(value -> value).otherwise((T) null);
    }

    /** What the form of the dead letters did before it led here. */
    private static @Nullable Notice done(RoutingContext ctx) {
        Integer retried = count(ctx, "retried");
        Integer dropped = count(ctx, "dropped");
        if (retried != null) {
            return Notice.done(
                    Numbers.plural(retried, "dead letter was", "dead letters were") + " put back into the queue.");
        }
        return dropped == null
                ? null
                : Notice.done(Numbers.plural(dropped, "dead letter was", "dead letters were") + " dropped.");
    }

    /** A number that we put into the address ourselves; anything else is as good as none. */
    private static @Nullable Integer count(RoutingContext ctx, String name) {
        String given = parameter(ctx, name);
        return given == null || !given.matches("[0-9]{1,7}") ? null : Integer.valueOf(given);
    }

    private static @Nullable String parameter(RoutingContext ctx, String name) {
        String value = ctx.queryParams().get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
