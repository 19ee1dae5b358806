package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.DirectoryReader.Changes;

/**
 * All relays as lists show them, in memory: about half a kilobyte for each. PostgreSQL has the truth: whoever looks asks it first
 * what changed since, which is little, so nobody is told less than was stored before the question.
 */
final class Directory {
    /** What was removed is remembered for a day. Who has not asked for so long begins anew. */
    private static final long GOOD_FOR_NANOS = TimeUnit.HOURS.toNanos(1);

    /** Whoever does not get what is stored now within this time is told what was. */
    private static final long PATIENCE_SECONDS = 3;

    private final Database database;
    private final DirectoryReader reader;
    private final InstantSource clock;

    /** Held by worker threads only, for some milliseconds. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private DirectoryTable table = new DirectoryTable();
    private @Nullable Read last;
    private boolean reading;
    private @Nullable Promise<Void> next;

    Directory(Database database, InstantSource clock) {
        this.database = database;
        this.reader = new DirectoryReader(database);
        this.clock = clock;
    }

    /** @param nanos when, by {@link System#nanoTime} */
    private record Read(String snapshot, Instant at, long nanos) {
        boolean isGood() {
            return System.nanoTime() - nanos < GOOD_FOR_NANOS;
        }
    }

    /**
     * What was seen.
     *
     * @param stale when it was so, if PostgreSQL did not tell what changed since; else null
     */
    record Seen<T>(T value, @Nullable Instant stale) {}

    /**
     * Has a look at all relays, on a worker thread: as they are now or a moment later, or as they were if PostgreSQL is away. Fails
     * as the database does as long as nothing was read at all, and as {@code question}, which must not keep the table.
     */
    <T> Future<Seen<T>> look(Function<DirectoryTable, T> question) {
        Read known = last();
        Future<Void> current = keepCurrent();
        if (known == null) {
            return current.compose(done -> look(question, null));
        }
        return current.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(done -> false)
                .otherwise(true)
                .compose(isStale -> look(question, isStale ? known.at : null));
    }

    private <T> Future<Seen<T>> look(Function<DirectoryTable, T> question, @Nullable Instant stale) {
        return database.elsewhere(() -> {
            lock.readLock().lock();
            try {
                return new Seen<>(question.apply(table), stale);
            } finally {
                lock.readLock().unlock();
            }
        });
    }

    /**
     * Completes when what was stored before the call is in the table. One reading at a time: who comes meanwhile waits for the
     * next, with all others who do.
     */
    Future<Void> keepCurrent() {
        synchronized (this) {
            if (reading) {
                next = next == null ? Promise.promise() : next;
                return next.future();
            }
            reading = true;
        }
        return read().onComplete(done -> goOn());
    }

    private void goOn() {
        Promise<Void> waiting;
        synchronized (this) {
            waiting = next;
            next = null;
            reading = waiting != null;
        }
        if (waiting != null) {
            read().onComplete(waiting).onComplete(done -> goOn());
        }
    }

    private Future<Void> read() {
        Read before = last();
        if (before == null || !before.isGood()) {
            return all();
        }
        Instant now = clock.instant();
        return reader.since(before.snapshot)
                .compose(changes -> changes.isEverythingGone() ? all() : put(changes, false, now));
    }

    private Future<Void> all() {
        Instant now = clock.instant();
        return reader.all()
                .compose(all -> put(all, true, now)
                        .compose(done -> reader.since(all.snapshot()))
                        .compose(changes -> put(changes, false, now)));
    }

    private Future<Void> put(Changes changes, boolean anew, Instant now) {
        Read read = new Read(changes.snapshot(), now, System.nanoTime());
        if (changes.isNone() && !anew) {
            remember(read);
            return Future.succeededFuture();
        }
        return database.elsewhere(() -> {
            lock.writeLock().lock();
            try {
                table = anew ? new DirectoryTable() : table;
                table.change(changes.written(), changes.removed());
            } finally {
                lock.writeLock().unlock();
            }
            remember(read);
            return null;
        });
    }

    private synchronized @Nullable Read last() {
        return last;
    }

    private synchronized void remember(Read read) {
        last = read;
    }
}
