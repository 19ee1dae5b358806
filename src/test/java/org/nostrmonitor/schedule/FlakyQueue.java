package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.nostrmonitor.queue.ForwardingQueue;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.relay.CheckJob;

/** A queue whose Redis can be told to be away, or to suffer something after each page that is planned. */
final class FlakyQueue extends ForwardingQueue {
    private final Supplier<Future<?>> afterEachPage;
    volatile boolean away;
    final AtomicInteger calls = new AtomicInteger();

    FlakyQueue(JobQueue real) {
        this(real, Future::succeededFuture);
    }

    FlakyQueue(JobQueue real, Supplier<Future<?>> afterEachPage) {
        super(real);
        this.afterEachPage = afterEachPage;
    }

    private <T> Future<T> unlessAway(Supplier<Future<T>> call) {
        calls.incrementAndGet();
        return away ? Future.failedFuture(new QueueUnavailable("away", null)) : call.get();
    }

    @Override
    public Future<Integer> plan(List<CheckJob> jobs) {
        return unlessAway(
                () -> super.plan(jobs).compose(added -> afterEachPage.get().map(added)));
    }

    @Override
    public Future<Void> seal(String region, Instant cycle) {
        return unlessAway(() -> super.seal(region, cycle));
    }

    @Override
    public Future<Integer> drop(String region, Instant cycle) {
        return unlessAway(() -> super.drop(region, cycle));
    }
}
