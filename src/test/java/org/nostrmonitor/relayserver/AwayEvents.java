package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nostrmonitor.storage.EventCard;
import org.nostrmonitor.storage.EventFilter;
import org.nostrmonitor.storage.Snapshot;
import org.nostrmonitor.storage.StoredEvents;

/** A database that does not answer. */
final class AwayEvents implements StoredEvents {
    private static <T> Future<T> away() {
        return Future.failedFuture(new ConnectException());
    }

    @Override
    public Future<Found> find(List<EventFilter> filters) {
        return away();
    }

    @Override
    public Future<Long> count(List<EventFilter> filters) {
        return away();
    }

    @Override
    public Future<Map<String, String>> texts(Collection<String> ids) {
        return away();
    }

    @Override
    public Future<Snapshot> now() {
        return away();
    }

    @Override
    public Future<Snapshot> since(Snapshot before, Function<List<EventCard>, Future<Void>> each) {
        return away();
    }
}
