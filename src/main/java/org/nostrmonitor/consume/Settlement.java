package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.nostrmonitor.bus.Messages.Turn;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;

/**
 * Tells the queue what became of jobs, and again while Redis is away. Completes when Redis has answered, whether yes or no, or
 * when it is no longer worth it: then the lease runs out, and the job is reaped. Never fails. Used on one event loop.
 */
final class Settlement {
    /** Until the worker ends, or there is no room for more. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final JobQueue queue;
    private final PatientCalls calls;
    private final Leases leases;
    private final Room room;
    private final CheckFigures figures;
    private final AtomicInteger untold = new AtomicInteger();

    Settlement(JobQueue queue, PatientCalls calls, Leases leases, Room room, CheckFigures figures) {
        this.queue = queue;
        this.calls = calls;
        this.leases = leases;
        this.room = room;
        this.figures = figures;
    }

    /** The result is committed: worth telling for as long as it takes. */
    Future<Void> ack(Lease lease) {
        return tell(lease, FOR_EVER, () -> queue.ack(lease));
    }

    /** As the next attempt. What follows is worth telling only while the lease lasts: then it is done by the reaper. */
    Future<Void> retry(Lease lease, Duration delay, String why) {
        return tell(lease, leases.length(), () -> queue.retry(lease, delay, why));
    }

    Future<Void> bury(Lease lease, String why) {
        return tell(lease, leases.length(), () -> queue.bury(lease, why));
    }

    Future<Void> defer(Lease lease, Duration delay, String why) {
        return tell(lease, leases.length(), () -> queue.defer(lease, delay, why));
    }

    Future<Void> awaitTurn(Lease lease, Turn turn) {
        return tell(lease, leases.length(), () -> queue.awaitTurn(lease, turn.in(), turn.address()));
    }

    Future<Void> confirm(Lease lease, Duration delay, String why) {
        return tell(lease, leases.length(), () -> queue.confirm(lease, delay, why));
    }

    /** What is known to be lost needs no telling: it would be refused. */
    private Future<Void> tell(Lease lease, Duration patience, Supplier<Future<Boolean>> call) {
        leases.settling(lease);
        if (leases.isLost(lease)) {
            figures.stale();
            return Future.succeededFuture();
        }
        boolean kept = room.take(0);
        untold.incrementAndGet();
        return calls.make(call, kept ? patience : Duration.ZERO)
                .onSuccess(ours -> {
                    if (!ours) {
                        figures.stale();
                    }
                })
                .onFailure(gone -> figures.untold())
                .onComplete(ended -> {
                    untold.decrementAndGet();
                    if (kept) {
                        room.give(0);
                    }
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Jobs whose end Redis has not been told of. */
    int untold() {
        return untold.get();
    }

    /** Before the end: what was not told has one last try. */
    void lastTry() {
        calls.lastTry();
    }
}
