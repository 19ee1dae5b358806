package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.relay.RelayUrl;

/** Answers how many jobs there are, and nothing else. */
final class CountingQueue implements QueueView {
    static final int READY = 11;
    static final int LEASED = 3;
    static final int ON_DEMAND = 4;
    static final int DELAYED = 2;
    static final int RETRYING = 5;
    static final Duration OVERDUE = Duration.ofMillis(2_500);

    /** A region whose jobs cannot be counted; none at first. */
    String broken = "";

    @Override
    public Future<QueueCounts> counts(String region) {
        return region.equals(broken)
                ? Future.failedFuture("Redis is away")
                : Future.succeededFuture(new QueueCounts(READY, ON_DEMAND, DELAYED, RETRYING, LEASED, 1, OVERDUE));
    }

    @Override
    public Future<CycleProgress> progress(String region, Instant cycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<JobStatus>> jobs(String region, RelayUrl relay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Audit> audit(String region) {
        throw new UnsupportedOperationException();
    }
}
