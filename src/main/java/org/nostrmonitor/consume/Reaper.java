package org.nostrmonitor.consume;

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

    public Reaper(JobQueue queue, String region, int maxAttempts) {
        this.queue = queue;
        this.region = region;
        this.maxAttempts = maxAttempts;
    }

    Future<Integer> reap() {
        return queue.reap(region, maxAttempts).onSuccess(reaped -> {
            if (reaped > 0) {
                log.warn("{} jobs of {} were taken back from workers that went away", reaped, region);
            }
        });
    }
}
