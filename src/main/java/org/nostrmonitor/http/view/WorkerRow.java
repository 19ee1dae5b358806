package org.nostrmonitor.http.view;

import java.time.Instant;
import org.nostrmonitor.cache.Workers.Worker;

/**
 * A worker as it said last.
 *
 * @param share of its slots that are busy, per cent
 * @param held reports that wait for PostgreSQL
 * @param unacked jobs that are stored, which Redis has not been told of
 * @param note what keeps it from working, a sentence; empty if nothing does
 */
public record WorkerRow(
        Said id,
        String region,
        String slots,
        String share,
        String held,
        String unacked,
        String probes,
        String lag,
        boolean late,
        When startedAt,
        Said note) {
    /** Above it, times are not published. */
    static final int LAG_BOUND_MS = 50;

    static WorkerRow of(Worker worker, Instant now) {
        boolean slots = worker.slots() > 0;
        return new WorkerRow(
                Said.of(worker.id()),
                Said.flat(worker.region()),
                Numbers.count(worker.busy()) + " of " + Numbers.count(worker.slots()),
                slots ? Numbers.percent(Math.min(worker.busy(), worker.slots()), worker.slots(), 1) + "%" : "0%",
                Numbers.count(worker.held()),
                Numbers.count(worker.unacked()),
                Numbers.count(worker.probes()),
                Numbers.count(worker.loopLagMs()),
                worker.loopLagMs() > LAG_BOUND_MS,
                When.of(worker.startedAt(), now),
                Said.of(Sentences.of(worker.note())));
    }
}
