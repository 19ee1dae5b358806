package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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

    private final Database database;
    private final DirectoryReader reader;

    /** Held by worker threads only, for some milliseconds. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private DirectoryTable table = new DirectoryTable();
    private @Nullable Read last;
    private boolean reading;
    private @Nullable Promise<Void> next;

    Directory(Database database) {
        this.database = database;
        this.reader = new DirectoryReader(database);
    }

    /** @param at by {@link System#nanoTime} */
    private record Read(String snapshot, long at) {
        boolean isGood() {
            return System.nanoTime() - at < GOOD_FOR_NANOS;
        }
    }

    /**
     * Has a look at all relays, as they are now or a moment later, on a worker thread. Fails as the database does, and as
     * {@code question}, which must not keep the table.
     */
    <T> Future<T> look(Function<DirectoryTable, T> question) {
        return keepCurrent()
                .compose(current -> database.elsewhere(() -> {
                    lock.readLock().lock();
                    try {
                        return question.apply(table);
                    } finally {
                        lock.readLock().unlock();
                    }
                }));
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
        long now = System.nanoTime();
        if (before == null || !before.isGood()) {
            return all(now);
        }
        return reader.since(before.snapshot)
                .compose(changes -> changes.isEverythingGone() ? all(now) : put(changes, false, now));
    }

    private Future<Void> all(long now) {
        return reader.all()
                .compose(all -> put(all, true, now)
                        .compose(done -> reader.since(all.snapshot()))
                        .compose(changes -> put(changes, false, now)));
    }

    private Future<Void> put(Changes changes, boolean anew, long now) {
        if (changes.isNone() && !anew) {
            remember(new Read(changes.snapshot(), now));
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
            remember(new Read(changes.snapshot(), now));
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
