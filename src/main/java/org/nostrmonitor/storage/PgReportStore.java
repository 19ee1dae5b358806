package org.nostrmonitor.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups findings that come close together into one transaction: a commit waits for the disk, and costs the same for two
 * hundred as for one. One transaction at a time; what comes meanwhile is the next. Safe to call from any thread.
 */
public final class PgReportStore implements ReportStore {
    static final int MAX_WAITING = 2000;
    private static final int MAX_TOGETHER = 200;
    private static final long GATHER_MS = 20;

    private final Vertx vertx;
    private final ReportWriter writer;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean gathering;

    public PgReportStore(Database database, Housekeeping housekeeping) {
        this.vertx = database.vertx();
        this.writer = new ReportWriter(database, housekeeping);
    }

    /** Fails with {@link StoreOverloaded} if 2,000 findings wait already. */
    @Override
    public Future<Stored> store(Finding finding) {
        Waiting one = new Waiting(finding, Promise.promise(), Vertx.currentContext());
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) {
                return Future.failedFuture(new StoreOverloaded(waiting.size()));
            }
            waiting.addLast(one);
        }
        gather();
        return one.promise.future();
    }

    /** How many findings wait to be stored. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private void gather() {
        boolean full;
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            full = waiting.size() >= MAX_TOGETHER;
            if (!full && gathering) {
                return;
            }
            gathering = gathering || !full;
        }
        if (full) {
            write();
        } else {
            vertx.setTimer(GATHER_MS, timer -> gathered());
        }
    }

    private void gathered() {
        synchronized (this) {
            gathering = false;
        }
        write();
    }

    private void write() {
        List<Waiting> batch;
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
            batch = next();
        }
        writer.write(batch.stream().map(Waiting::finding).toList()).onComplete(result -> {
            synchronized (this) {
                writing = false;
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).settle(result.succeeded() ? result.result().get(i) : Future.failedFuture(result.cause()));
            }
            gather();
        });
    }

    /** From the front, each of another relay: within a transaction no relay changes twice. */
    private List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        Set<String> relays = new HashSet<>();
        Iterator<Waiting> from = waiting.iterator();
        while (from.hasNext() && batch.size() < MAX_TOGETHER) {
            Waiting one = from.next();
            if (relays.add(one.finding.report().relay().value())) {
                batch.add(one);
                from.remove();
            }
        }
        return batch;
    }

    /** @param context where the caller waits: its handlers run there, not on the connection's event loop */
    private record Waiting(
            Finding finding,
            Promise<Stored> promise,
            @Nullable Context context) {
        void settle(Future<Stored> result) {
            if (context == null) {
                result.onComplete(promise);
            } else {
                context.runOnContext(ignored -> result.onComplete(promise));
            }
        }
    }
}
