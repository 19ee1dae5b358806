package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.LastWord;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.Published;

/** The half of the outbox that an announcer uses, in memory. */
final class StoredAnnouncements implements Outbox {
    private final Map<Integer, NostrEvent> byKind = new HashMap<>();
    private final Map<Integer, List<RelayUrl>> targetsByKind = new HashMap<>();
    private boolean away;

    @Override
    public synchronized Future<Boolean> announce(NostrEvent event, List<RelayUrl> targets) {
        NostrEvent stored = byKind.get(event.kind());
        if (stored != null && stored.createdAt() >= event.createdAt()) {
            return Future.succeededFuture(false);
        }
        byKind.put(event.kind(), event);
        targetsByKind.put(event.kind(), targets);
        return Future.succeededFuture(true);
    }

    @Override
    public synchronized Future<List<NostrEvent>> announcements(String pubkey) {
        if (away) {
            return Future.failedFuture("the database is away");
        }
        return Future.succeededFuture(byKind.values().stream()
                .filter(event -> event.pubkey().equals(pubkey))
                .toList());
    }

    synchronized NostrEvent ofKind(int kind) {
        NostrEvent event = byKind.get(kind);
        if (event == null) {
            throw new AssertionError("no kind " + kind + " among " + byKind.keySet());
        }
        return event;
    }

    synchronized List<Integer> kinds() {
        return new ArrayList<>(byKind.keySet());
    }

    synchronized List<RelayUrl> targets(int kind) {
        return targetsByKind.getOrDefault(kind, List.of());
    }

    synchronized void away(boolean now) {
        away = now;
    }

    @Override
    public Future<Map<String, Integer>> depth() {
        return Future.succeededFuture(Map.of("wss://one.example/", 3, "wss://two.example/", 4));
    }

    @Override
    public Future<List<String>> pendingIds(RelayUrl target, int most, Collection<String> exceptIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<NostrEvent>> pending(RelayUrl target, List<String> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> settled(RelayUrl target, Collection<LastWord> words) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<NostrEvent>> discoveries(RelayUrl relay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Published>> deliveries(RelayUrl relay) {
        throw new UnsupportedOperationException();
    }
}
