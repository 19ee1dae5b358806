package org.nostrmonitor.consume;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs while it has free slots, and hands each to the handler. Claims no more than it has slots for, and nothing while
 * too much waits for PostgreSQL or Redis, or while its own network is in doubt. Used on one event loop.
 */
public final class JobConsumer {
    private static final Logger log = LoggerFactory.getLogger(JobConsumer.class);

    /** A few more than {@link Starts} allows, that somebody waits for. */
    private static final int MOST_ON_DEMAND_A_CLAIM = 5;

    private static final String STOPPED = "the worker stopped";

    private final WorkerSettings settings;
    private final JobQueue queue;
    private final WorkerParts parts;
    private final Promise<Void> drained = Promise.promise();
    private boolean claiming;
    private boolean stopping;
    private boolean handedBack;
    private long probes;
    private long finished;
    private long staleTold;

    public JobConsumer(Surroundings surroundings, WorkerSettings settings) {
        this.settings = settings;
        this.queue = surroundings.queue();
        this.parts = WorkerParts.of(surroundings, settings);
        parts.redis().onReturn(() -> renew().onComplete(renewed -> {}));
        parts.gauges(surroundings.registry(), settings.region());
    }

    /** Claims what the free slots hold, a small group at most. Does nothing if a claim is under way. */
    void claim() {
        if (claiming || stopping) {
            return;
        }
        parts.doubt().tick();
        int most = parts.doubt().mostClaims(busy());
        int free = Math.min(
                Math.min(parts.starts().together(), most), parts.slots().free());
        int onDemand =
                Math.min(Math.min(MOST_ON_DEMAND_A_CLAIM, most), parts.slots().freeOnDemand());
        if (free + onDemand == 0 || !parts.admission().open()) {
            return;
        }
        claiming = true;
        Claim claim = new Claim(settings.region(), settings.owner(), free, onDemand, settings.lease(), settings.pace());
        Loop.here(queue.claim(claim)).onComplete(this::claimed, this::claimFailed);
    }

    private void claimed(List<Lease> claimed) {
        parts.admission().claimed();
        if (claimed.isEmpty()) {
            parts.idle().foundNothing();
        } else {
            parts.idle().claimed();
            parts.doubt().claimed(claimed.size());
        }
        if (stopping) {
            claimed.forEach(this::handBack);
        } else {
            take(claimed);
        }
        claimEnded();
    }

    private void claimFailed(Throwable fault) {
        parts.admission().claimFailed(fault);
        claimEnded();
    }

    private void claimEnded() {
        claiming = false;
        completeIfDrained();
    }

    private void take(List<Lease> claimed) {
        claimed.forEach(lease -> {
            parts.leases().hold(lease);
            parts.slots().take(lease.job());
        });
        parts.starts().begin(claimed, this::begin);
    }

    /** The slot is free when the probe has ended; the lease is kept until the queue was told. */
    private void begin(Lease lease) {
        AtomicBoolean inSlot = new AtomicBoolean(true);
        Runnable probed = () -> {
            if (inSlot.getAndSet(false)) {
                parts.slots().free(lease.job());
                probes++;
            }
        };
        Future<Void> handled = stopping ? notBegun(lease) : parts.handler().handle(lease, probed);
        handled.onComplete(ended -> {
            probed.run();
            parts.leases().letGo(lease);
            finished++;
            completeIfDrained();
        });
    }

    /** Its turn came after the end. */
    private Future<Void> notBegun(Lease lease) {
        return handedBack ? Future.succeededFuture() : parts.settlement().defer(lease, Duration.ZERO, STOPPED);
    }

    /** Prolongs the leases that are held. Completes when that was tried; never fails. */
    Future<Void> renew() {
        return parts.leases().renew();
    }

    /** Hears whether Redis answered a call of somebody else. Never fails. */
    Future<Void> hear(Future<?> call) {
        return Loop.here(call)
                .onSuccess(answer -> parts.redis().answered())
                .onFailure(parts.redis()::failed)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /**
     * Whether it is fair to take back leases that have run out: after Redis was away all have, through nobody's fault, and
     * those who hold them come first.
     */
    boolean mayReap() {
        return parts.redis().isSteady(settings.lease().dividedBy(2));
    }

    /** One line for all leases that were lost since the last one. */
    void reportStale() {
        long stale = parts.figures().staleSoFar();
        if (stale > staleTold) {
            log.warn("The leases of {} jobs were lost before the queue was told of their end", stale - staleTold);
            staleTold = stale;
        }
    }

    /** @param lagMs the largest lateness of the event loop lately */
    Worker worker(Instant startedAt, long lagMs) {
        return new Worker(
                settings.owner(),
                settings.region(),
                startedAt,
                settings.slots(),
                busy(),
                parts.reports().count(),
                parts.settlement().untold(),
                probes,
                lagMs,
                note(lagMs),
                parts.doubt().doubting());
    }

    private String note(long lagMs) {
        String doubt = stopping ? WorkerNote.STOPPING : parts.doubt().note();
        String note = doubt.isEmpty() ? parts.admission().note(lagMs) : doubt;
        int waiting = parts.idle().waiting();
        return note.isEmpty() && waiting > 0 && parts.slots().free() > 0 ? WorkerNote.notHandedOut(waiting) : note;
    }

    Duration lease() {
        return settings.lease();
    }

    String owner() {
        return settings.owner();
    }

    int busy() {
        return parts.slots().busy();
    }

    /** Jobs that left our hands since the start. */
    long finished() {
        return finished;
    }

    /**
     * Claims no more and hands back what is just being claimed; completes when what is under way has ended, or was handed back
     * after {@code patience}: what is still probed, and what PostgreSQL has not taken.
     */
    Future<Void> stop(Duration patience, Vertx vertx) {
        stopping = true;
        completeIfDrained();
        long timer = vertx.setTimer(Math.max(1, patience.toMillis()), late -> handBackAll());
        return drained.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void handBackAll() {
        parts.reports().stop();
        parts.settlement().lastTry();
        parts.leases().unfinished().forEach(this::handBack);
        handedBack = true;
        completeIfDrained();
    }

    /** As the same attempt: nobody is at fault. */
    private void handBack(Lease lease) {
        parts.settlement().defer(lease, Duration.ZERO, STOPPED).onComplete(told -> completeIfDrained());
    }

    private void completeIfDrained() {
        boolean nothingUnderWay = parts.leases().count() == 0 && !claiming;
        if (stopping && parts.settlement().untold() == 0 && (handedBack || nothingUnderWay)) {
            drained.tryComplete();
        }
    }
}
