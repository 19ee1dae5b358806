package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.relay.CheckJob;

/** A queue whose Redis can be told to be away, or to suffer something after each page that is planned. */
final class FlakyQueue implements JobQueue {
    private final JobQueue real;
    private final Supplier<Future<?>> afterEachPage;
    volatile boolean away;
    final AtomicInteger calls = new AtomicInteger();

    FlakyQueue(JobQueue real) {
        this(real, Future::succeededFuture);
    }

    FlakyQueue(JobQueue real, Supplier<Future<?>> afterEachPage) {
        this.real = real;
        this.afterEachPage = afterEachPage;
    }

    private <T> Future<T> unlessAway(Supplier<Future<T>> call) {
        calls.incrementAndGet();
        return away ? Future.failedFuture(new QueueUnavailable("away", null)) : call.get();
    }

    @Override
    public Future<Integer> plan(List<CheckJob> jobs) {
        return unlessAway(
                () -> real.plan(jobs).compose(added -> afterEachPage.get().map(added)));
    }

    @Override
    public Future<Void> seal(String region, Instant cycle) {
        return unlessAway(() -> real.seal(region, cycle));
    }

    @Override
    public Future<Integer> drop(String region, Instant cycle) {
        return unlessAway(() -> real.drop(region, cycle));
    }

    @Override
    public Future<List<Lease>> claim(Claim claim) {
        return real.claim(claim);
    }

    @Override
    public Future<List<Lease>> renew(List<Lease> leases, Duration lease) {
        return real.renew(leases, lease);
    }

    @Override
    public Future<Boolean> ack(Lease lease) {
        return real.ack(lease);
    }

    @Override
    public Future<Boolean> retry(Lease lease, Duration delay, String why) {
        return real.retry(lease, delay, why);
    }

    @Override
    public Future<Boolean> defer(Lease lease, Duration delay, String why) {
        return real.defer(lease, delay, why);
    }

    @Override
    public Future<Boolean> awaitTurn(Lease lease, Duration delay, String address) {
        return real.awaitTurn(lease, delay, address);
    }

    @Override
    public Future<Boolean> confirm(Lease lease, Duration delay, String why) {
        return real.confirm(lease, delay, why);
    }

    @Override
    public Future<Boolean> bury(Lease lease, String why) {
        return real.bury(lease, why);
    }

    @Override
    public Future<Integer> reap(String region, int maxAttempts) {
        return real.reap(region, maxAttempts);
    }
}
