package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.DirectoryReader.Changes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All relays as lists show them, in memory: less than a kilobyte for each. PostgreSQL has the truth: whoever looks asks it first
 * what changed since, which is little, so nobody is told less than was stored before the question.
 */
final class Directory {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    /** What was removed is remembered for a day. Who has not asked for so long begins anew. */
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    /** A reading that takes longer is not waited for: who knows what was, tells that. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Database database;
    private final DirectoryReader reader;
    private final InstantSource clock;

    /** Held by worker threads only, for some milliseconds. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private DirectoryTable table = new DirectoryTable();
    private @Nullable Read last;
    private boolean isAway;
    private boolean reading;
    private long readingSince;
    private @Nullable Promise<Void> next;

    Directory(Database database, InstantSource clock) {
        this.database = database;
        this.reader = new DirectoryReader(database);
        this.clock = clock;
    }

    private record Read(String snapshot, Instant at) {
        /** By the clock on the wall, which goes on while a machine sleeps; if somebody sets it, all is read once more. */
        boolean isGood(Instant now) {
            return Duration.between(at, now).abs().compareTo(GOOD_FOR) < 0;
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
        return current.timeout(patience(), TimeUnit.NANOSECONDS).transform(done -> {
            tell(known, done.cause());
            return look(question, done.succeeded() ? null : known.at);
        });
    }

    /** Once for each time that it is away. */
    private synchronized void tell(Read known, @Nullable Throwable fault) {
        if (fault != null && !isAway) {
            LOG.warn(
                    "lists are told as they were at {}, since what changed could not be read: {}",
                    known.at,
                    fault.toString());
        }
        isAway = fault != null;
    }

    /** Who comes while a reading hangs waits for what is left of its time. */
    private synchronized long patience() {
        long left = reading ? PATIENCE_NANOS - (System.nanoTime() - readingSince) : PATIENCE_NANOS;
        return Math.max(TimeUnit.MILLISECONDS.toNanos(1), left);
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
            readingSince = System.nanoTime();
        }
        return read().onComplete(done -> goOn());
    }

    private void goOn() {
        Promise<Void> waiting;
        synchronized (this) {
            waiting = next;
            next = null;
            reading = waiting != null;
            readingSince = System.nanoTime();
        }
        if (waiting != null) {
            read().onComplete(waiting).onComplete(done -> goOn());
        }
    }

    private Future<Void> read() {
        Read before = last();
        Instant now = clock.instant();
        if (before == null || !before.isGood(now)) {
            return all();
        }
        return reader.since(before.snapshot).compose(changes -> changes.anew() ? all() : put(changes, false, now));
    }

    /** What is written while it is read is read again by whoever comes next. */
    private Future<Void> all() {
        Instant now = clock.instant();
        return reader.all().compose(all -> put(all, true, now));
    }

    private Future<Void> put(Changes changes, boolean anew, Instant now) {
        Read read = new Read(changes.snapshot(), now);
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
