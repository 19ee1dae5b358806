package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Administration;
import org.nostrmonitor.storage.RelayRepository.Added;

/** Records what is done, and leaves the rest to a real one if it is given one. */
final class DemoAdministration implements Administration {
    final List<Action> actions = new CopyOnWriteArrayList<>();
    volatile @Nullable Administration instead;
    volatile JsonObject settings = new JsonObject()
            .put("schedule", new JsonObject())
            .put("checks", new JsonObject())
            .put("publish", new JsonObject())
            .put("rateLimits", new JsonObject())
            .put("retention", new JsonObject());

    private Administration real() {
        Administration given = instead;
        if (given == null) {
            throw new IllegalStateException("no database here");
        }
        return given;
    }

    @Override
    public Future<Added> add(Collection<RelayUrl> relays) {
        return instead == null ? Future.succeededFuture(new Added(relays.size(), 0)) : real().add(relays);
    }

    @Override
    public Future<@Nullable Listing> change(RelayUrl relay, Change change) {
        return instead == null
                ? Future.succeededFuture(new Listing(true, Boolean.TRUE.equals(change.first()), null, null))
                : real().change(relay, change);
    }

    @Override
    public Future<Boolean> delete(RelayUrl relay) {
        return instead == null ? Future.succeededFuture(true) : real().delete(relay);
    }

    @Override
    public Future<JsonObject> settings() {
        return instead == null ? Future.succeededFuture(settings) : real().settings();
    }

    @Override
    public Future<JsonObject> changeSettings(JsonObject changes) {
        return instead == null ? Future.succeededFuture(settings) : real().changeSettings(changes);
    }

    @Override
    public Future<Void> record(Action action) {
        actions.add(action);
        return instead == null ? Future.succeededFuture() : real().record(action);
    }

    @Override
    public Future<List<Action>> actions(int most) {
        return instead == null
                ? Future.succeededFuture(actions.stream().limit(most).toList())
                : real().actions(most);
    }
}
