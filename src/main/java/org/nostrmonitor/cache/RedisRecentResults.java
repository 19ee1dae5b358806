package org.nostrmonitor.cache;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayState;

/**
 * Recent results in Redis: a list of the newest 200, and one key for each relay and region that expires after an hour.
 * Futures fail if Redis does not answer within two seconds.
 */
public final class RedisRecentResults implements RecentResults {
    private static final String NEWEST = "monitor:results";
    private static final int MOST_NEWEST = 200;
    private static final Duration RESULT_KEPT = Duration.ofHours(1);
    private static final Duration FIGURES_KEPT = Duration.ofMinutes(1);
    private static final int PATIENCE_MS = 2_000;

    private final Redis redis;

    public RedisRecentResults(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Future<Void> add(CheckReport report, RelayState state) {
        String result = ResultJson.write(report, state).encode();
        List<Request> requests = List.of(
                Request.cmd(Command.LPUSH, NEWEST, result),
                Request.cmd(Command.LTRIM, NEWEST, 0, MOST_NEWEST - 1),
                put(key(report.relay().value(), report.region()), result, RESULT_KEPT));
        return redis.batch(requests).timeout(PATIENCE_MS, TimeUnit.MILLISECONDS).mapEmpty();
    }

    @Override
    public Future<List<JsonObject>> newest(int most) {
        int last = Math.min(most, MOST_NEWEST) - 1;
        if (last < 0) {
            return Future.succeededFuture(List.of());
        }
        return send(Request.cmd(Command.LRANGE, NEWEST, 0, last))
                .map(results -> results.stream()
                        .map(result -> new JsonObject(result.toString()))
                        .toList());
    }

    @Override
    public Future<@Nullable JsonObject> of(String relay, String region) {
        return get(key(relay, region));
    }

    @Override
    public Future<Void> putFigures(String name, JsonObject figures) {
        return keep(name, figures, FIGURES_KEPT);
    }

    @Override
    public Future<Void> keep(String name, JsonObject what, Duration kept) {
        return send(put(figuresKey(name), what.encode(), kept)).mapEmpty();
    }

    @Override
    public Future<@Nullable JsonObject> figures(String name) {
        return get(figuresKey(name));
    }

    private static String key(String relay, String region) {
        return "monitor:result:" + region + ":" + relay;
    }

    private static String figuresKey(String name) {
        return "monitor:figures:" + name;
    }

    private static Request put(String key, String value, Duration kept) {
        return Request.cmd(Command.SET, key, value, "EX", kept.toSeconds());
    }

    private Future<@Nullable JsonObject> get(String key) {
        return send(Request.cmd(Command.GET, key)).map(RedisRecentResults::jsonOrNull);
    }

    private static @Nullable JsonObject jsonOrNull(@Nullable Response value) {
        return value == null ? null : new JsonObject(value.toString());
    }

    private Future<Response> send(Request request) {
        return redis.send(request).timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }
}
