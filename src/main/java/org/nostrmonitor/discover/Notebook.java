package org.nostrmonitor.discover;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nostrmonitor.discover.Heard.Note;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.MonitorNotes;
import org.nostrmonitor.storage.MonitorNotes.Announced;
import org.nostrmonitor.storage.MonitorNotes.Named;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was heard and is not written yet, of each subject the newest. Written together, one batch at a time; what PostgreSQL does
 * not take stays until it does. All of it happens on one context.
 */
final class Notebook {
    private static final Logger LOG = LoggerFactory.getLogger(Notebook.class);
    /** Beyond this, whoever brings more waits. */
    private static final int FULL = 10_000;

    private static final int BATCH = 2_000;
    private static final Duration LOGGED_AGAIN_AFTER = Duration.ofMinutes(10);

    private final MonitorNotes notes;
    private final Roster roster;
    private final DiscoveryFigures figures;
    private final Map<Subject, Sighting> sightings = new LinkedHashMap<>();
    private final Map<String, Announced> announced = new LinkedHashMap<>();
    private final Map<String, Named> named = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private final long timer;
    private final Vertx vertx;
    private boolean writing;
    private long loggedNanos = System.nanoTime() - LOGGED_AGAIN_AFTER.toNanos();

    private record Subject(String monitor, RelayUrl relay) {}

    Notebook(Vertx vertx, MonitorNotes notes, Roster roster, DiscoveryFigures figures, Duration every) {
        this.vertx = vertx;
        this.notes = notes;
        this.roster = roster;
        this.figures = figures;
        this.timer = vertx.setPeriodic(every.toMillis(), now -> write().onComplete(done -> {}));
    }

    void note(Note note) {
        if (note instanceof Heard.Seen seen) {
            Sighting sighting = seen.sighting();
            sightings.merge(new Subject(sighting.monitor(), sighting.relay()), sighting, newer(Sighting::at));
        } else if (note instanceof Heard.Introduced introduced) {
            announced.merge(introduced.monitor(), introduced.announced(), newer(Announced::at));
        } else if (note instanceof Heard.Called called) {
            named.merge(called.monitor(), called.named(), newer(Named::at));
        }
    }

    private static <T> BinaryOperator<T> newer(Function<T, Instant> time) {
        return (one, other) -> time.apply(other).isAfter(time.apply(one)) ? other : one;
    }

    /** It has no seat any more. */
    void gone(String monitor) {
        gone.add(monitor);
    }

    /** Completes when there is room for more: at once, unless PostgreSQL is slower than the sources. */
    Future<Void> room() {
        if (sightings.size() < FULL) {
            return Future.succeededFuture();
        }
        Promise<Void> room = Promise.promise();
        waiting.add(room);
        return room.future();
    }

    /** Writes a batch, unless one is being written. Never fails: what could not be written is written later. */
    Future<Void> write() {
        if (writing) {
            return Future.succeededFuture();
        }
        writing = true;
        List<Sighting> batch = take(sightings, sighting -> roster.has(sighting.monitor()));
        // Who is introduced has to be known by a sighting first.
        boolean allSeen = sightings.isEmpty();
        List<Announced> introductions = allSeen ? take(announced, one -> roster.has(one.pubkey())) : List.of();
        List<Named> names = allSeen ? take(named, one -> roster.has(one.pubkey())) : List.of();
        Set<String> leaving = new HashSet<>(gone);
        gone.clear();
        leaving.removeIf(roster::has);
        return notes.forget(leaving)
                .compose(forgotten -> notes.store(batch))
                .onSuccess(figures::kept)
                .compose(kept -> notes.announce(introductions))
                .compose(done -> notes.name(names))
                .onFailure(fault -> {
                    batch.forEach(sighting -> note(new Heard.Seen(sighting)));
                    introductions.forEach(one -> note(new Heard.Introduced(one)));
                    names.forEach(one -> note(new Heard.Called(one)));
                    gone.addAll(leaving);
                    log(fault);
                })
                .onComplete(done -> written(done.succeeded()))
                .otherwiseEmpty();
    }

    private static <K, V> List<V> take(Map<K, V> from, Predicate<V> wanted) {
        List<V> taken = new ArrayList<>();
        var values = from.values().iterator();
        while (taken.size() < BATCH && values.hasNext()) {
            V value = values.next();
            values.remove();
            if (wanted.test(value)) {
                taken.add(value);
            }
        }
        return taken;
    }

    private void written(boolean well) {
        writing = false;
        if (sightings.size() < FULL) {
            List<Promise<Void>> served = List.copyOf(waiting);
            waiting.clear();
            served.forEach(Promise::complete);
        }
        // A full batch is not the whole of it; after a fault the timer has time enough.
        if (well && sightings.size() >= BATCH) {
            write().onComplete(done -> {});
        }
    }

    private void log(Throwable fault) {
        if (System.nanoTime() - loggedNanos >= LOGGED_AGAIN_AFTER.toNanos()) {
            loggedNanos = System.nanoTime();
            LOG.warn("what other monitors say cannot be written, and is kept for later: {}", fault.toString());
        }
    }

    /** Writes what is left, for some seconds at most. Completes in any case. */
    Future<Void> close() {
        vertx.cancelTimer(timer);
        return write().timeout(2, TimeUnit.SECONDS).otherwiseEmpty();
    }
}
