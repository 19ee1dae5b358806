package org.nostrmonitor.cache;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Who is at work: each worker says so every few seconds, and is forgotten when it stops. */
public interface Workers {
    Future<Void> beat(Worker worker);

    Future<Void> leave(String id);

    /** Those that said so within the last 30 seconds, by region and id. */
    Future<List<Worker>> seen();

    /** @param loopLagMs the largest lateness of its event loops lately; {@code probes} since its start */
    record Worker(
            String id,
            String region,
            Instant startedAt,
            int slots,
            int busy,
            long probes,
            long loopLagMs,
            String note) {}
}
