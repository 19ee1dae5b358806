package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/** The JSON API. {@code openapi.yaml} is the contract: the router takes its paths and parameters from there. */
final class ApiRoutes {
    static final String BASE = "/api/v1";
    private static final int USUAL_LIMIT = 50;
    private static final int CYCLES_FOR_REGIONS = 32;

    private final Vertx vertx;
    private final Reading reading;

    ApiRoutes(Vertx vertx, Reading reading) {
        this.vertx = vertx;
        this.reading = reading;
    }

    /** Completes with the same router once the contract is read; fails if it is broken. */
    Future<Router> mount(Router root, Buffer yaml) {
        return ApiContract.read(vertx, yaml).map(contract -> {
            root.route(BASE + "/*").handler(cors());
            root.route("/*").subRouter(router(contract));
            return root;
        });
    }

    private static CorsHandler cors() {
        return CorsHandler.create().addOrigin("*").allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD));
    }

    private Router router(OpenAPIContract contract) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract);
        route(builder, "getOverview", ctx -> overview());
        route(builder, "listRelays", this::relays);
        route(builder, "getRelay", this::relay);
        route(builder, "listResults", this::results);
        route(builder, "listCycles", this::cycles);
        route(builder, "getQueue", ctx -> queue());
        Router router = builder.createRouter();
        router.getRoutes().stream().filter(ApiRoutes::gets).forEach(route -> route.method(HttpMethod.HEAD));
        return router;
    }

    private static boolean gets(Route route) {
        Set<HttpMethod> methods = route.methods();
        return methods != null && methods.contains(HttpMethod.GET);
    }

    private static void route(
            RouterBuilder builder, String operation, Function<RoutingContext, Future<JsonObject>> answer) {
        builder.getRoute(operation)
                .addHandler(ctx -> Future.succeededFuture(ctx)
                        .compose(answer)
                        .onSuccess(json -> Response.json(ctx, json))
                        .onFailure(ctx::fail));
    }

    private Future<JsonObject> overview() {
        return reading.overview().map(overview -> ApiJson.overview(overview, reading.instant()));
    }

    private Future<JsonObject> relays(RoutingContext ctx) {
        Search search = Search.parse(name -> ctx.queryParams().get(name), USUAL_LIMIT);
        return reading.relays(search.query()).map(ApiJson::page);
    }

    private Future<JsonObject> relay(RoutingContext ctx) {
        return url(ctx).compose(reading::relay).map(ApiJson::detail);
    }

    private Future<JsonObject> results(RoutingContext ctx) {
        String region = ctx.queryParams().get("region");
        Instant before = before(ctx.queryParams().get("before"));
        int limit = limit(ctx);
        return url(ctx).compose(reading::relay)
                .compose(detail -> reading.results(detail.item().url(), region, before, limit))
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

    private Future<JsonObject> cycles(RoutingContext ctx) {
        return reading.cycles(limit(ctx))
                .map(cycles -> new JsonObject()
                        .put(
                                "items",
                                new JsonArray(
                                        cycles.stream().map(ApiJson::cycle).toList())));
    }

    private Future<JsonObject> queue() {
        return reading.cycles(CYCLES_FOR_REGIONS).compose(this::queue);
    }

    private Future<JsonObject> queue(List<Cycle> cycles) {
        return Future.all(
                        reading.queueCounts(cycles),
                        reading.workers(),
                        reading.outboxDepth(),
                        reading.deadLetters(cycles),
                        reading.systemFigures())
                .map(all -> ApiJson.queue(all.resultAt(0), all.resultAt(1), all.resultAt(2), all.resultAt(3))
                        .put("system", all.<JsonObject>resultAt(4)));
    }

    private static Future<RelayUrl> url(RoutingContext ctx) {
        try {
            return Future.succeededFuture(RelayUrl.parse(ctx.pathParam("url")));
        } catch (InvalidRelayUrl e) {
            return Future.failedFuture(e);
        }
    }

    private static @Nullable Instant before(@Nullable String given) {
        try {
            return given == null ? null : Instant.parse(given);
        } catch (DateTimeParseException e) {
            throw new BadParameter("before is not a time such as 2026-11-22T16:30:00Z");
        }
    }

    /** Validated by the contract. */
    private static int limit(RoutingContext ctx) {
        String limit = ctx.queryParams().get("limit");
        return limit == null ? USUAL_LIMIT : Integer.parseInt(limit);
    }
}
