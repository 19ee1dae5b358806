package org.nostrmonitor.consume;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs while it has free slots, and hands each to the handler. Claims no more than it has slots for. Used on one
 * event loop.
 */
public final class JobConsumer {
    private static final Logger log = LoggerFactory.getLogger(JobConsumer.class);

    /** Probes begin in small groups, so that handshakes do not wait for one another and measure us. */
    private static final int MOST_A_CLAIM = 25;

    private final JobQueue queue;
    private final CheckJobHandler handler;
    private final LeaseKeeper leases;
    private final String region;
    private final String owner;
    private final int slots;
    private final Promise<Void> drained = Promise.promise();
    private boolean claiming;
    private boolean stopping;
    private boolean unavailable;
    private long finished;

    /**
     * @param owner this worker's id
     * @param slots jobs at the same time
     */
    public JobConsumer(JobQueue queue, CheckJobHandler handler, String region, String owner, int slots) {
        this(queue, handler, region, owner, slots, LeaseKeeper.LEASE);
    }

    /** @param lease how long a claimed job is ours unless renewed, which happens every third of it */
    public JobConsumer(
            JobQueue queue, CheckJobHandler handler, String region, String owner, int slots, Duration lease) {
        this.queue = queue;
        this.handler = handler;
        this.leases = new LeaseKeeper(queue, lease);
        this.region = region;
        this.owner = owner;
        this.slots = slots;
    }

    String owner() {
        return owner;
    }

    String region() {
        return region;
    }

    Duration lease() {
        return leases.lease();
    }

    int slots() {
        return slots;
    }

    int busy() {
        return leases.count();
    }

    /** Jobs that left our hands since the start. */
    long finished() {
        return finished;
    }

    /** Claims what the free slots hold, a small group at most. Does nothing if a claim is under way. */
    void claim() {
        int free = Math.min(MOST_A_CLAIM, slots - leases.count());
        if (claiming || stopping || free == 0) {
            return;
        }
        claiming = true;
        queue.claim(new Claim(region, owner, free, 0, leases.lease(), Pace.UNLIMITED))
                .onComplete(this::claimed, this::claimFailed);
    }

    private void claimed(List<Lease> claimed) {
        if (unavailable) {
            unavailable = false;
            log.info("The queue is back");
        }
        if (stopping) {
            handBack(claimed).onComplete(done -> claimEnded());
            return;
        }
        claimed.forEach(this::take);
        claimEnded();
    }

    private void claimFailed(Throwable fault) {
        if (!unavailable) {
            unavailable = true;
            log.warn("No jobs can be claimed: {}", fault.toString());
        }
        claimEnded();
    }

    private void claimEnded() {
        claiming = false;
        completeIfDrained();
    }

    private void take(Lease lease) {
        leases.hold(lease);
        handler.handle(lease).onComplete(done -> release(lease), fault -> {
            log.warn("The queue was not told the end of {}: {}", lease.job().relay(), fault.toString());
            release(lease);
        });
    }

    private void release(Lease lease) {
        leases.letGo(lease);
        finished++;
        completeIfDrained();
    }

    private void completeIfDrained() {
        if (stopping && !claiming && leases.count() == 0) {
            drained.tryComplete();
        }
    }

    Future<Void> renew() {
        return leases.renew();
    }

    /**
     * Claims no more and hands back what is just being claimed; completes when what is under way has ended, or was handed back
     * after {@code patience}.
     */
    Future<Void> stop(Duration patience, io.vertx.core.Vertx vertx) {
        stopping = true;
        completeIfDrained();
        long timer = vertx.setTimer(
                patience.toMillis(), late -> handBack(leases.all()).onComplete(drained));
        return drained.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** As the same attempt: nobody is at fault. */
    private Future<Void> handBack(List<Lease> unfinished) {
        return Future.join(unfinished.stream()
                        .map(lease -> queue.defer(lease, Duration.ZERO, "the worker stopped"))
                        .toList())
                .mapEmpty();
    }
}
