package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Instant;
import org.nostrmonitor.cache.Workers;

/** Says that this worker is there, how busy, and what keeps it from working. */
public final class Pulse {
    private final Workers workers;
    private final JobConsumer consumer;
    private final Instant startedAt;

    public Pulse(Workers workers, JobConsumer consumer, Instant startedAt) {
        this.workers = workers;
        this.consumer = consumer;
        this.startedAt = startedAt;
    }

    /** @param lagMs the largest lateness of the event loop since the last beat */
    Future<Void> beat(long lagMs) {
        return workers.beat(consumer.worker(startedAt, lagMs));
    }

    Future<Void> leave() {
        return workers.leave(consumer.owner());
    }
}
