package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.CycleNow.Estimate;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.Queries;
import org.nostrmonitor.storage.RelayViews.Query;

/** The JSON API. {@code openapi.yaml} is the contract: the router takes its paths and parameters from there. */
final class ApiRoutes {
    static final String BASE = "/api/v1";
    private static final int MOST_RUNNING = 50;

    private static final String REDIS_AWAY = "Redis does not answer, so the progress of cycles that run is not known.";

    private final Vertx vertx;
    private final Reading reading;
    private final AdminGate gate;
    private final LiveClients live;
    private final AdminRoutes admin;

    ApiRoutes(Vertx vertx, Reading reading, AdminGate gate, AdminActions actions, LiveClients live) {
        this.vertx = vertx;
        this.reading = reading;
        this.gate = gate;
        this.live = live;
        this.admin = new AdminRoutes(reading, actions);
    }

    /** Whether pages of other origins may read it: all of the API but what needs the token. */
    static boolean isPublic(RoutingContext ctx) {
        String path = ctx.normalizedPath();
        return path.startsWith(BASE + "/") && !path.startsWith(AdminGate.BASE);
    }

    /** Completes with the same router once the contract is read; fails if it is broken. */
    Future<Router> mount(Router root, JsonObject written) {
        return ApiContract.read(vertx, written).map(contract -> {
            CorsHandler cors = cors();
            root.route(BASE + "/*").handler(ctx -> {
                if (isPublic(ctx)) {
                    cors.handle(ctx);
                } else {
                    ctx.next();
                }
            });
            gate.on(root);
            root.route("/*").subRouter(router(contract));
            return root;
        });
    }

    private static CorsHandler cors() {
        return CorsHandler.create()
                .addOrigin("*")
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD))
                .allowedHeaders(Set.of("If-None-Match", "Last-Event-ID"))
                .exposedHeaders(Set.of("ETag", "Retry-After", "Content-Disposition", Response.STALE_SINCE));
    }

    private Router router(OpenAPIContract contract) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
        Operations.route(builder, "getOverview", this::overview);
        Operations.route(builder, "listNewestResults", this::newestResults);
        Operations.route(builder, "listRelays", this::relays);
        Operations.route(builder, "getRelay", this::relay);
        Operations.route(builder, "listResults", this::results);
        Operations.route(builder, "listJobs", this::jobs);
        Operations.route(builder, "listCycles", this::cycles);
        Operations.route(builder, "listMonitors", ctx -> reading.monitors().map(MonitorsJson::all));
        Operations.route(builder, "getQueue", ctx -> queue());
        Exports exports = new Exports(reading);
        Operations.stream(builder, "exportCsv", ctx -> exports.send(ctx, query(ctx), Export.CSV));
        Operations.stream(builder, "exportNdjson", ctx -> exports.send(ctx, query(ctx), Export.NDJSON));
        Badges badges = new Badges(reading);
        Operations.stream(builder, "getBadge", badges::svg);
        Operations.stream(builder, "getBadgeEndpoint", badges::endpoint);
        Operations.stream(builder, "listen", live::open);
        new PastRoutes(vertx, reading).on(builder);
        admin.on(builder);
        Router router = builder.createRouter();
        router.getRoutes().stream().filter(ApiRoutes::gets).forEach(route -> route.method(HttpMethod.HEAD));
        return router;
    }

    private static boolean gets(Route route) {
        Set<HttpMethod> methods = route.methods();
        return methods != null && methods.contains(HttpMethod.GET);
    }

    private Future<JsonObject> overview(RoutingContext ctx) {
        return reading.overview().map(told -> {
            Instant stale = told.stale();
            Response.since(ctx, stale);
            return ApiJson.overview(told.value(), stale == null ? reading.instant() : stale)
                    .put("stale", stale != null);
        });
    }

    private Future<JsonObject> newestResults(RoutingContext ctx) {
        return reading.newestResults(Parameters.limit(ctx))
                .map(results -> new JsonObject().put("items", new JsonArray(List.copyOf(results))));
    }

    private Future<JsonObject> relays(RoutingContext ctx) {
        return reading.relays(query(ctx)).map(page -> {
            Response.since(ctx, page.stale());
            return ApiJson.page(page);
        });
    }

    private static Query query(RoutingContext ctx) {
        Search search = Search.parse(name -> ctx.queryParams().get(name), Parameters.USUAL_LIMIT);
        return Queries.narrowed(search.query(), Narrowings.parse(ctx.queryParams()));
    }

    private Future<JsonObject> relay(RoutingContext ctx) {
        return url(ctx).compose(reading::relay).compose(detail -> {
            RelayUrl url = detail.item().url();
            return Future.all(reading.family(url), reading.monitors(url))
                    .map(both -> ApiDetail.of(detail, both.resultAt(0), reading.instant())
                            .put("otherMonitors", MonitorsJson.of(both.resultAt(1), reading.instant())));
        });
    }

    private Future<JsonObject> results(RoutingContext ctx) {
        String region = ctx.queryParams().get("region");
        Instant before = Parameters.before(ctx.queryParams().get("before"));
        int limit = Parameters.limit(ctx);
        return url(ctx).compose(reading::known)
                .compose(url -> reading.results(url, region, before, limit))
                .map(results -> page(ResultBatch.of(results, limit, region == null)));
    }

    private static JsonObject page(ResultBatch batch) {
        Instant next = batch.next();
        return new JsonObject()
                .put(
                        "items",
                        new JsonArray(batch.rows().stream().map(ApiJson::result).toList()))
                .put("next", next == null ? null : next.toString());
    }

    private Future<JsonObject> jobs(RoutingContext ctx) {
        return url(ctx).compose(reading::known)
                .compose(relay -> reading.queue().jobs(relay).map(jobs -> QueueJson.jobs(relay, jobs)));
    }

    /** Redis may be away: then cycles are told without progress, with a note. */
    private Future<JsonObject> cycles(RoutingContext ctx) {
        return reading.cycles(Parameters.limit(ctx)).compose(cycles -> {
            List<Cycle> running = cycles.stream()
                    .filter(c -> c.state().equals("running"))
                    .limit(MOST_RUNNING)
                    .toList();
            return Future.all(running.stream().map(this::running).toList())
                    .map(all -> cycles(cycles, all.list(), null))
                    .otherwise(away -> cycles(cycles, List.of(), REDIS_AWAY));
        });
    }

    private Future<JsonObject> running(Cycle cycle) {
        Future<CycleProgress> progress = reading.queue().progress(cycle);
        Future<@Nullable Estimate> estimate = reading.queue().estimate(cycle);
        return Future.all(progress, estimate).map(both -> QueueJson.cycle(cycle, progress.result(), estimate.result()));
    }

    /** @param running those of {@code cycles} that run, in their order, or none */
    private static JsonObject cycles(List<Cycle> cycles, List<JsonObject> running, @Nullable String note) {
        Iterator<JsonObject> next = running.iterator();
        JsonArray items = new JsonArray();
        cycles.forEach(cycle -> items.add(
                cycle.state().equals("running") && next.hasNext() ? next.next() : QueueJson.cycle(cycle, null, null)));
        return new JsonObject().put("items", items).put("note", note);
    }

    private Future<JsonObject> queue() {
        return Future.all(
                        reading.queue().now(),
                        reading.outboxDepth(),
                        reading.queue().letters(),
                        reading.queue().systemFigures())
                .map(all -> QueueJson.queue(all.resultAt(0), all.resultAt(1), all.resultAt(2), all.resultAt(3)));
    }

    static Future<RelayUrl> url(RoutingContext ctx) {
        try {
            return Future.succeededFuture(RelayUrl.parse(ctx.pathParam("url")));
        } catch (InvalidRelayUrl e) {
            return Future.failedFuture(e);
        }
    }
}
