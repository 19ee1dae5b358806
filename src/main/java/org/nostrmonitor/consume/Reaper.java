package org.nostrmonitor.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import org.nostrmonitor.queue.JobQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Returns jobs whose worker has died. Every worker does it; once is enough. */
public final class Reaper {
    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private final JobQueue queue;
    private final String region;
    private final int maxAttempts;
    private final Counter count;

    public Reaper(JobQueue queue, String region, int maxAttempts, MeterRegistry registry) {
        this.queue = queue;
        this.region = region;
        this.maxAttempts = maxAttempts;
        this.count = registry.counter("monitor.job.reaped", "region", region);
    }

    /** Completes with how many jobs were taken back; fails with {@link org.nostrmonitor.queue.QueueUnavailable}. */
    Future<Integer> reap() {
        return queue.reap(region, maxAttempts).onSuccess(reaped -> {
            if (reaped > 0) {
                count.increment(reaped);
                log.warn("{} jobs of {} were taken back from workers that went away", reaped, region);
            }
        });
    }
}
