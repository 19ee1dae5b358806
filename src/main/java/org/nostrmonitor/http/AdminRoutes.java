package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.function.Function;
import org.nostrmonitor.relay.RelayUrl;

/** The admin routes of the API. The {@link AdminGate} stands before them, the contract between. */
final class AdminRoutes {
    private static final int ACCEPTED = 202;
    private static final int DONE = 200;

    private final QueueReading queue;
    private final AdminActions actions;
    private final AdminChangeRoutes changes;

    AdminRoutes(Reading reading, AdminActions actions) {
        this.queue = reading.queue();
        this.actions = actions;
        this.changes = new AdminChangeRoutes(actions.changes(), reading);
    }

    void on(RouterBuilder builder) {
        route(builder, "listDeadLetters", this::list);
        route(builder, "retryDeadLetters", this::retry);
        route(builder, "dropDeadLetters", this::drop);
        route(builder, "checkRelay", this::check);
        changes.on(builder);
    }

    /** The gate has asked for the token before the contract is asked whether the rest is well formed. */
    static void route(RouterBuilder builder, String operation, Function<RoutingContext, Future<JsonObject>> answer) {
        Operations.route(builder, operation, ctx -> {
            AdminGate.requirePassed(ctx);
            return answer.apply(ctx);
        });
        builder.getRoute(operation).setDoSecurity(false);
    }

    private Future<JsonObject> list(RoutingContext ctx) {
        String region = ctx.queryParams().get("region");
        return queue.letters(region, Parameters.limit(ctx)).map(letters -> QueueJson.letters(region, letters));
    }

    private Future<JsonObject> retry(RoutingContext ctx) {
        LetterChoice choice = choice(ctx);
        return actions.retry(choice, AdminGate.from(ctx)).map(n -> counted(choice, "retried", n));
    }

    private Future<JsonObject> drop(RoutingContext ctx) {
        LetterChoice choice = choice(ctx);
        return actions.drop(choice, AdminGate.from(ctx)).map(n -> counted(choice, "dropped", n));
    }

    private static JsonObject counted(LetterChoice choice, String what, int n) {
        return new JsonObject().put("region", choice.region()).put(what, n);
    }

    /** Validated by the contract: either ids or all. */
    private static LetterChoice choice(RoutingContext ctx) {
        JsonObject body = ctx.body().asJsonObject();
        String region = body.getString("region");
        JsonArray ids = body.getJsonArray("ids");
        return ids == null
                ? LetterChoice.all(region)
                : LetterChoice.of(region, ids.stream().map(String.class::cast).toList());
    }

    private Future<JsonObject> check(RoutingContext ctx) {
        return ApiRoutes.url(ctx).compose(relay -> check(ctx, relay));
    }

    private Future<JsonObject> check(RoutingContext ctx, RelayUrl relay) {
        String region = ctx.queryParams().get("region");
        Duration patience = Duration.ofSeconds(Parameters.wait(ctx));
        return actions.check(relay, region, AdminGate.from(ctx))
                .compose(tickets -> actions.results(relay, tickets, patience).map(results -> {
                    boolean complete = results.size() == tickets.size();
                    ctx.response().setStatusCode(complete ? DONE : ACCEPTED);
                    return QueueJson.tickets(relay, tickets)
                            .put("complete", complete)
                            .put(
                                    "items",
                                    new JsonArray(results.stream()
                                            .map(ApiJson::result)
                                            .toList()));
                }));
    }
}
