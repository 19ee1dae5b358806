package org.nostrmonitor.publish;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.LastWord;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.Published;

/** Pending events in memory, for the half of the outbox that a publisher uses. */
final class FakeOutbox implements Outbox {
    private final Map<RelayUrl, Map<String, NostrEvent>> pending = new HashMap<>();
    private final Map<RelayUrl, List<LastWord>> settled = new HashMap<>();
    private int reads;
    private int mostAsked;
    private int failures;

    synchronized void add(NostrEvent event, List<RelayUrl> targets) {
        targets.forEach(target ->
                pending.computeIfAbsent(target, any -> new LinkedHashMap<>()).put(event.id(), event));
    }

    /** The next calls fail, so many of them. */
    synchronized void fail(int times) {
        failures = times;
    }

    @Override
    public synchronized Future<List<String>> pendingIds(RelayUrl target, int most, Collection<String> exceptIds) {
        reads++;
        notifyAll();
        if (failures > 0) {
            failures--;
            return Future.failedFuture("the database is away");
        }
        return Future.succeededFuture(pending.getOrDefault(target, Map.of()).keySet().stream()
                .filter(id -> !exceptIds.contains(id))
                .limit(most)
                .toList());
    }

    @Override
    public synchronized Future<List<NostrEvent>> pending(RelayUrl target, List<String> ids) {
        reads++;
        notifyAll();
        mostAsked = Math.max(mostAsked, ids.size());
        Map<String, NostrEvent> events = pending.getOrDefault(target, Map.of());
        return Future.succeededFuture(
                ids.stream().filter(events::containsKey).map(events::get).toList());
    }

    @Override
    public synchronized Future<Void> settled(RelayUrl target, Collection<LastWord> words) {
        if (failures > 0) {
            failures--;
            return Future.failedFuture("the database is away");
        }
        for (LastWord word : words) {
            if (pending.getOrDefault(target, new HashMap<>()).remove(word.eventId()) != null) {
                words(target).add(word);
            }
        }
        notifyAll();
        return Future.succeededFuture();
    }

    /** What the target said of the events that were settled, in order. */
    synchronized List<LastWord> words(RelayUrl target) {
        return settled.computeIfAbsent(target, any -> new ArrayList<>());
    }

    synchronized List<String> pendingIds(RelayUrl target) {
        return new ArrayList<>(pending.getOrDefault(target, Map.of()).keySet());
    }

    void awaitEmpty(RelayUrl target) throws InterruptedException {
        awaitPending(target, 0);
    }

    void awaitPending(RelayUrl target, int count) throws InterruptedException {
        await(
                () -> pendingIds(target).size() == count,
                () -> pendingIds(target).size() + " events are pending, not " + count);
    }

    /** Until the outbox has been read so often in all. */
    void awaitReads(int count) throws InterruptedException {
        await(() -> reads >= count, () -> "read " + reads + " times, not " + count);
    }

    private synchronized void await(BooleanSupplier done, Supplier<String> complaint) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(complaint.get());
            }
            wait(left);
        }
    }

    synchronized int reads() {
        return reads;
    }

    synchronized int mostAsked() {
        return mostAsked;
    }

    @Override
    public Future<Map<String, Integer>> depth() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> announce(NostrEvent event, List<RelayUrl> targets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<NostrEvent>> announcements(String pubkey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<NostrEvent>> discoveries(RelayUrl relay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> retract(NostrEvent request, List<RelayUrl> targets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Published>> deliveries(RelayUrl relay) {
        throw new UnsupportedOperationException();
    }
}
