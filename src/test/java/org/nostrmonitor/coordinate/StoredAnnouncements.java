package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.LastWord;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.Published;

/** The half of the outbox that an announcer uses, in memory. */
class StoredAnnouncements implements Outbox {
    private record Stored(NostrEvent event, List<RelayUrl> targets) {}

    private final List<Stored> stored = new ArrayList<>();
    private String author = "";
    private boolean away;

    @Override
    public synchronized Future<Boolean> announce(NostrEvent event, List<RelayUrl> targets) {
        boolean old = stored.stream()
                .map(Stored::event)
                .anyMatch(other -> isSame(other, event) && other.createdAt() >= event.createdAt());
        if (!old) {
            stored.removeIf(other -> isSame(other.event(), event));
            stored.add(new Stored(event, targets));
        }
        return Future.succeededFuture(!old);
    }

    @Override
    public synchronized Future<Boolean> retract(NostrEvent request, List<RelayUrl> targets) {
        stored.removeIf(other -> other.event().kind() == 10166
                && other.event().pubkey().equals(request.pubkey())
                && other.event().createdAt() <= request.createdAt());
        return announce(request, targets);
    }

    private static boolean isSame(NostrEvent one, NostrEvent other) {
        return one.kind() == other.kind() && one.pubkey().equals(other.pubkey());
    }

    @Override
    public synchronized Future<List<NostrEvent>> announcements(String pubkey) {
        if (away) {
            return Future.failedFuture("the database is away");
        }
        return Future.succeededFuture(stored.stream()
                .map(Stored::event)
                .filter(event -> event.pubkey().equals(pubkey))
                .toList());
    }

    /** From now on only this author's are looked at. */
    synchronized void by(String pubkey) {
        author = pubkey;
    }

    private Optional<Stored> find(int kind) {
        return stored.stream()
                .filter(one ->
                        one.event().kind() == kind && one.event().pubkey().equals(author))
                .findFirst();
    }

    synchronized NostrEvent ofKind(int kind) {
        return find(kind)
                .map(Stored::event)
                .orElseThrow(() -> new AssertionError("no kind " + kind + " among " + kinds()));
    }

    synchronized List<Integer> kinds() {
        return stored.stream()
                .map(Stored::event)
                .filter(event -> event.pubkey().equals(author))
                .map(NostrEvent::kind)
                .toList();
    }

    synchronized List<RelayUrl> targets(int kind) {
        return find(kind).map(Stored::targets).orElse(List.of());
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
