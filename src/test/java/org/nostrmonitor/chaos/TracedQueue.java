package org.nostrmonitor.chaos;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.relay.CheckJob;

/** The queue, with a word on what is done to it and with two of the stops. */
final class TracedQueue implements JobQueue {
    private final JobQueue queue;
    private final Stops stops;

    TracedQueue(JobQueue queue, Stops stops) {
        this.queue = queue;
        this.stops = stops;
    }

    @Override
    public Future<Integer> plan(List<CheckJob> jobs) {
        if (jobs.isEmpty()) {
            return queue.plan(jobs);
        }
        CheckJob first = jobs.get(0);
        return queue.plan(jobs)
                .onSuccess(added -> Trace.planned(added, first.cycle()))
                .compose(added -> stops.pass(Point.MID_PLAN, first.id()).map(added));
    }

    @Override
    public Future<List<Lease>> claim(Claim claim) {
        return queue.claim(claim).compose(leases -> {
            leases.forEach(Trace::claimed);
            return leases.isEmpty()
                    ? Future.succeededFuture(leases)
                    : stops.pass(Point.AFTER_CLAIM, leases.get(0).job().id()).map(leases);
        });
    }

    @Override
    public Future<Boolean> ack(Lease lease) {
        return queue.ack(lease).onSuccess(ours -> Trace.acked(ours, lease));
    }

    @Override
    public Future<Boolean> retry(Lease lease, Duration delay, String why) {
        return left(lease, queue.retry(lease, delay, why));
    }

    @Override
    public Future<Boolean> defer(Lease lease, Duration delay, String why) {
        return left(lease, queue.defer(lease, delay, why));
    }

    @Override
    public Future<Boolean> awaitTurn(Lease lease, Duration delay, String address) {
        return left(lease, queue.awaitTurn(lease, delay, address));
    }

    @Override
    public Future<Boolean> confirm(Lease lease, Duration delay, String why) {
        return left(lease, queue.confirm(lease, delay, why));
    }

    @Override
    public Future<Boolean> bury(Lease lease, String why) {
        return left(lease, queue.bury(lease, why));
    }

    private static Future<Boolean> left(Lease lease, Future<Boolean> done) {
        return done.onSuccess(ours -> Trace.left(lease));
    }

    @Override
    public Future<List<Lease>> renew(List<Lease> leases, Duration lease) {
        return queue.renew(leases, lease)
                .onSuccess(renewed ->
                        leases.stream().filter(one -> !renewed.contains(one)).forEach(Trace::lost));
    }

    @Override
    public Future<Integer> reap(String region, int maxAttempts) {
        return queue.reap(region, maxAttempts);
    }

    @Override
    public Future<Void> seal(String region, Instant cycle) {
        return queue.seal(region, cycle);
    }

    @Override
    public Future<Integer> drop(String region, Instant cycle) {
        return queue.drop(region, cycle);
    }
}
