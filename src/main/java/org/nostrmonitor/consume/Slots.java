package org.nostrmonitor.consume;

import java.util.concurrent.atomic.AtomicInteger;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

/**
 * The probes that a worker makes at the same time. Some slots are kept for checks that somebody asked for, and are never used
 * for others; when they are taken, such a check uses any other. Used on one event loop.
 */
final class Slots {
    private final int total;
    private final int kept;
    private final AtomicInteger ordinary = new AtomicInteger();
    private final AtomicInteger onDemand = new AtomicInteger();

    /** @param kept of {@code total}, for checks that somebody asked for */
    Slots(int total, int kept) {
        this.total = total;
        this.kept = kept;
    }

    void take(CheckJob job) {
        of(job).incrementAndGet();
    }

    void free(CheckJob job) {
        of(job).decrementAndGet();
    }

    private AtomicInteger of(CheckJob job) {
        return job.priority() == Priority.ON_DEMAND ? onDemand : ordinary;
    }

    int total() {
        return total;
    }

    int busy() {
        return ordinary.get() + onDemand.get();
    }

    /** Free for jobs of any kind. */
    int free() {
        return Math.max(0, total - kept - ordinary.get() - Math.max(0, onDemand.get() - kept));
    }

    /** Free for what somebody asked for, on top of {@link #free}. */
    int freeOnDemand() {
        return Math.max(0, Math.min(kept - onDemand.get(), total - busy()));
    }
}
