package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;

/** Answers how many jobs there are, and nothing else. */
final class CountingQueue implements JobQueue {
    static final int READY = 11;
    static final int LEASED = 3;

    @Override
    public Future<QueueCounts> counts(String region) {
        return Future.succeededFuture(new QueueCounts(READY, 2, LEASED, 1));
    }

    @Override
    public Future<Integer> plan(List<CheckJob> jobs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> seal(String region, Instant cycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<CycleProgress> progress(String region, Instant cycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> drop(String region, Instant cycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Lease>> claim(String region, String owner, int most, Duration lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Lease>> renew(List<Lease> leases, Duration lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> ack(Lease lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> retry(Lease lease, Duration delay, String why) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> defer(Lease lease, Duration delay, String why) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Boolean> bury(Lease lease, String why) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> reap(String region, int maxAttempts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(String region, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Audit> audit(String region) {
        throw new UnsupportedOperationException();
    }
}
