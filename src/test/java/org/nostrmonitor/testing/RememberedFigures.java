package org.nostrmonitor.testing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayState;

/** Figures in memory, for tests of those who write or read them; the real ones are in Redis. */
public final class RememberedFigures implements RecentResults {
    public final Map<String, JsonObject> figures = new ConcurrentHashMap<>();

    @Override
    public Future<Void> add(CheckReport report, RelayState state) {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<JsonObject>> newest(int most) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<@Nullable JsonObject> of(String relay, String region) {
        return Future.succeededFuture(null);
    }

    @Override
    public Future<Void> putFigures(String name, JsonObject some) {
        figures.put(name, some);
        return Future.succeededFuture();
    }

    @Override
    public Future<@Nullable JsonObject> figures(String name) {
        return Future.succeededFuture(figures.get(name));
    }
}
