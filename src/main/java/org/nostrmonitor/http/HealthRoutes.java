package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nostrmonitor.http.Readiness.Dependency;

/**
 * {@code /health}: {@code live} while this process can answer at all, {@code ready} while what it depends on works,
 * {@code started} once all its parts have started. Only the first may make an orchestrator restart it.
 */
final class HealthRoutes {
    private static final int PATIENCE_SECONDS = 2;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    void on(Router router) {
        router.get("/health/live").method(HttpMethod.HEAD).handler(ctx -> tell(ctx, true, new JsonObject()));
        router.get("/health/started").method(HttpMethod.HEAD).handler(this::started);
        router.get("/health/ready").method(HttpMethod.HEAD).handler(this::ready);
    }

    private void started(RoutingContext ctx) {
        tell(ctx, readiness.started().getAsBoolean(), new JsonObject());
    }

    private void ready(RoutingContext ctx) {
        List<Future<JsonObject>> checks =
                readiness.dependencies().stream().map(HealthRoutes::check).toList();
        Future.all(checks).onSuccess(all -> tell(ctx, all.list())).onFailure(ctx::fail);
    }

    private void tell(RoutingContext ctx, List<JsonObject> checks) {
        boolean up = checks.stream().allMatch(check -> "up".equals(check.getString("status")));
        tell(ctx, up, new JsonObject().put("checks", new JsonArray(checks)));
    }

    /** Never fails: a dependency that does not answer is an answer. */
    private static Future<JsonObject> check(Dependency dependency) {
        JsonObject json = new JsonObject().put("name", dependency.name());
        return asked(dependency)
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(well -> json.put("status", "up"))
                .otherwise(failure -> json.put("status", "down").put("why", why(failure)));
    }

    private static Future<?> asked(Dependency dependency) {
        try {
            return dependency.ask().get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** The kind of failure alone: messages may hold addresses and user names. */
    private static String why(Throwable failure) {
        return failure instanceof TimeoutException
                ? "did not answer within " + PATIENCE_SECONDS + " s"
                : "failed: " + failure.getClass().getSimpleName();
    }

    private static void tell(RoutingContext ctx, boolean up, JsonObject details) {
        ctx.response().setStatusCode(up ? OK : UNAVAILABLE);
        Response.json(ctx, new JsonObject().put("status", up ? "up" : "down").mergeIn(details));
    }
}
