package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Instant;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.cache.Workers.Worker;

/** Says that this worker is there, and how busy. */
public final class Pulse {
    private final Workers workers;
    private final JobConsumer consumer;
    private final Instant startedAt;

    public Pulse(Workers workers, JobConsumer consumer, Instant startedAt) {
        this.workers = workers;
        this.consumer = consumer;
        this.startedAt = startedAt;
    }

    /** @param lagMs the lateness of the event loop lately */
    Future<Void> beat(long lagMs) {
        return workers.beat(new Worker(
                consumer.owner(),
                consumer.region(),
                startedAt,
                consumer.slots(),
                consumer.busy(),
                0,
                0,
                consumer.finished(),
                lagMs,
                ""));
    }

    Future<Void> leave() {
        return workers.leave(consumer.owner());
    }
}
