package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.relay.RelayUrl;

/**
 * A look at the queue, which changes nothing. All but {@link #audit} are cheap however many jobs there are. Every future
 * fails with {@link QueueUnavailable} if Redis does not answer in time.
 */
public interface QueueView {
    /** How far a cycle is. O(1). */
    Future<CycleProgress> progress(String region, Instant cycle);

    /** How many jobs are where. O(1). */
    Future<QueueCounts> counts(String region);

    /** Where a relay's job of a cycle is. Empty if there is none, or if it was done some time ago. */
    Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay);

    /** Where all jobs of a relay are: of the cycle that runs, and those that were asked for; the newest first, at most 20. */
    Future<List<JobStatus>> jobs(String region, RelayUrl relay);

    /** Proves that every job is in exactly one place. For tests and operators; O(jobs). */
    Future<Audit> audit(String region);

    /**
     * @param remaining jobs not done: ready, delayed, retrying or leased
     * @param done jobs that were acked
     * @param dead jobs that became dead letters, which ends them as well
     * @param sealed whether all jobs of the cycle were planned
     */
    record CycleProgress(int remaining, int done, int dead, boolean sealed) {
        public boolean complete() {
            return sealed && remaining == 0;
        }
    }

    /**
     * @param ready wait for a worker, those asked for excepted
     * @param onDemand were asked for, and wait for a worker
     * @param delayed wait for their turn, or to confirm an outage
     * @param retrying wait after a fault of ours
     * @param leased are at a worker
     * @param dead letters
     * @param overdue how far the most urgent one that is ready is past its virtual deadline; zero if none is
     */
    record QueueCounts(int ready, int onDemand, int delayed, int retrying, int leased, int dead, Duration overdue) {
        /** All that are live and not at a worker. */
        public int waiting() {
            return ready + onDemand + delayed + retrying;
        }
    }

    /** @param faults one line for each job that is nowhere, or in two places; empty if all is well */
    record Audit(int jobs, List<String> faults) {
        public Audit {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Where a job is.
     *
     * @param since when it came there
     * @param until the end of the delay or of the lease, else the same as {@code since}
     * @param owner the worker that has it, or empty
     * @param attempt from 1
     * @param confirmation how often a failure was seen already
     * @param why the reason of a delay, a retry or a death, or empty
     */
    record JobStatus(
            String region,
            Instant cycle,
            Where where,
            String owner,
            Instant since,
            Instant until,
            int attempt,
            int confirmation,
            String why) {}

    enum Where {
        QUEUED,
        RUNNING,
        DELAYED,
        RETRYING,
        DONE,
        DEAD
    }
}
