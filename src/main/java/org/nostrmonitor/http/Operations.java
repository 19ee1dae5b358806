package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Parameter;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nostrmonitor.http.Freshness.Tagged;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.relay.Printable;

/** How an operation of the contract gets its answer. */
final class Operations {
    private static final int LONGEST_NAME = 64;

    private Operations() {}

    /** Answers an operation of the contract with JSON. What the answer throws is as good as a failed future. */
    static void route(RouterBuilder builder, String operation, Function<RoutingContext, Future<JsonObject>> answer) {
        known(builder, operation)
                .addHandler(ctx -> Future.succeededFuture(ctx)
                        .compose(answer)
                        .onSuccess(json -> Freshness.json(ctx, json))
                        .onFailure(ctx::fail));
    }

    /** Answers an operation of the contract with JSON that is written already. */
    static void text(RouterBuilder builder, String operation, Function<RoutingContext, Future<Tagged>> answer) {
        known(builder, operation)
                .addHandler(ctx -> Future.succeededFuture(ctx)
                        .compose(answer)
                        .onSuccess(json -> Freshness.send(ctx, Response.JSON, json, "no-cache"))
                        .onFailure(ctx::fail));
    }

    /** A route that refuses parameters that the contract does not name: a filter with a slip in its name would filter nothing. */
    private static OpenAPIRoute known(RouterBuilder builder, String operation) {
        OpenAPIRoute route = builder.getRoute(operation);
        Set<String> names = route.getOperation().getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .collect(Collectors.toUnmodifiableSet());
        return route.addHandler(ctx -> {
            for (String name : ctx.queryParams().names()) {
                if (!names.contains(name)) {
                    throw new BadParameter(Printable.of(name, LONGEST_NAME), "is no parameter of this address");
                }
            }
            ctx.next();
        });
    }

    /** Answers an operation in a way of its own. */
    static void stream(RouterBuilder builder, String operation, Handler<RoutingContext> answer) {
        known(builder, operation).addHandler(answer);
    }
}
