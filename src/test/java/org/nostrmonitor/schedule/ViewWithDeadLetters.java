package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.relay.RelayUrl;

/** The real queue, of which so many jobs of each cycle are said to have become dead letters. */
record ViewWithDeadLetters(QueueView real, IntSupplier dead) implements QueueView {
    @Override
    public Future<CycleProgress> progress(String region, Instant cycle) {
        return real.progress(region, cycle)
                .map(seen -> new CycleProgress(seen.remaining(), seen.done(), dead.getAsInt(), seen.sealed()));
    }

    @Override
    public Future<QueueCounts> counts(String region) {
        return real.counts(region);
    }

    @Override
    public Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay) {
        return real.status(region, cycle, relay);
    }

    @Override
    public Future<List<JobStatus>> jobs(String region, RelayUrl relay) {
        return real.jobs(region, relay);
    }

    @Override
    public Future<Audit> audit(String region) {
        return real.audit(region);
    }
}
