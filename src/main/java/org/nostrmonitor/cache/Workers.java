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

    /**
     * One worker, as it said last.
     *
     * @param slots probes that it makes at the same time
     * @param busy slots in use
     * @param held reports that wait for PostgreSQL
     * @param unacked jobs whose result is stored, but which Redis has not been told of
     * @param probes since its start
     * @param loopLagMs the largest lateness of its event loops lately
     * @param note what keeps it from working, in a sentence; empty if nothing does
     * @param doubting whether it doubts its own network, so that what it does not reach says nothing about relays
     */
    record Worker(
            String id,
            String region,
            Instant startedAt,
            int slots,
            int busy,
            int held,
            int unacked,
            long probes,
            long loopLagMs,
            String note,
            boolean doubting) {
        /** Of one that does not doubt its network. */
        public Worker(
                String id,
                String region,
                Instant startedAt,
                int slots,
                int busy,
                int held,
                int unacked,
                long probes,
                long loopLagMs,
                String note) {
            this(id, region, startedAt, slots, busy, held, unacked, probes, loopLagMs, note, false);
        }
    }
}
