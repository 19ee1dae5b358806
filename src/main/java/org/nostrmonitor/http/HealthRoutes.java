package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
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

    private static final String LIVE = "/health/live";
    private static final String STARTED = "/health/started";
    private static final String READY = "/health/ready";

    private final Readiness readiness;
    private final BriefMemory<List<JsonObject>> checks;

    HealthRoutes(Readiness readiness, InstantSource clock) {
        this.readiness = readiness;
        this.checks = new BriefMemory<>(this::checks, Duration.ofSeconds(1), clock);
    }

    /** These are always answered, however often they are asked: who asks in vain restarts us. They ask nobody too often. */
    static boolean isOne(String path) {
        return path.equals(LIVE) || path.equals(STARTED) || path.equals(READY);
    }

    void on(Router router) {
        router.get(LIVE).method(HttpMethod.HEAD).handler(ctx -> tell(ctx, true, new JsonObject()));
        router.get(STARTED).method(HttpMethod.HEAD).handler(this::started);
        router.get(READY).method(HttpMethod.HEAD).handler(this::ready);
    }

    private void started(RoutingContext ctx) {
        tell(ctx, readiness.started().getAsBoolean(), new JsonObject());
    }

    private void ready(RoutingContext ctx) {
        checks.get().onSuccess(all -> tell(ctx, all)).onFailure(ctx::fail);
    }

    private Future<List<JsonObject>> checks() {
        List<Future<JsonObject>> asked =
                readiness.dependencies().stream().map(HealthRoutes::check).toList();
        return Future.all(asked).map(all -> all.list());
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
