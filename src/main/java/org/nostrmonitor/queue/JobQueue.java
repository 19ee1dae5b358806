package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;

/**
 * The jobs that wait, and who is at which. A work index that can be rebuilt from PostgreSQL at any time.
 *
 * <p>Each method is one atomic transition. Delivery is at least once; what makes a result exactly one is its natural key
 * in PostgreSQL. Every future fails with {@link QueueUnavailable} if Redis does not answer in time.
 */
public interface JobQueue {
    /**
     * Adds jobs of one region; a job whose id is known and not yet done is left alone. Completes with how many were new.
     */
    Future<Integer> plan(List<CheckJob> jobs);

    /** Says that no more jobs of the cycle will be planned, so that it is complete once none is left. */
    Future<Void> seal(String region, Instant cycle);

    /** How many jobs of the cycle are not done, and whether it is sealed. O(1). */
    Future<CycleProgress> progress(String region, Instant cycle);

    /** Forgets all jobs of a cycle, wherever they are: it was missed. Completes with how many there were. */
    Future<Integer> drop(String region, Instant cycle);

    /** Takes up to {@code most} jobs that are due, in the order of their virtual deadlines. */
    Future<List<Lease>> claim(String region, String owner, int most, Duration lease);

    /** Prolongs leases; completes with those that are still ours, the others have been lost. */
    Future<List<Lease>> renew(List<Lease> leases, Duration lease);

    /** The job is done and its result committed. False if the lease is stale: then somebody else has it. */
    Future<Boolean> ack(Lease lease);

    /** Our own fault: try again after a delay, as the next attempt. False if the lease is stale. */
    Future<Boolean> retry(Lease lease, Duration delay, String why);

    /** Not now, through nobody's fault: again after a delay, as the same attempt. False if the lease is stale. */
    Future<Boolean> defer(Lease lease, Duration delay, String why);

    /** No more attempts: to the dead letters. False if the lease is stale. */
    Future<Boolean> bury(Lease lease, String why);

    /**
     * Returns jobs whose lease ran out, as the next attempt; those out of attempts are buried. Completes with how many.
     */
    Future<Integer> reap(String region, int maxAttempts);

    Future<QueueCounts> counts(String region);

    /** Where a relay's job of a cycle is. Empty if there is none, or if it was done some time ago. */
    Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay);

    /** The newest dead letters first. */
    Future<List<DeadLetter>> deadLetters(String region, int most);

    /** Proves that every job is in exactly one place. For tests and operators; O(jobs). */
    Future<Audit> audit(String region);

    /** @param remaining jobs not done: ready, delayed or leased. Dead letters are done */
    record CycleProgress(int remaining, boolean sealed) {
        public boolean complete() {
            return sealed && remaining == 0;
        }
    }

    record QueueCounts(int ready, int delayed, int leased, int dead) {}

    /** @param faults one line for each job that is nowhere, or in two places; empty if all is well */
    record Audit(int jobs, List<String> faults) {
        public Audit {
            faults = List.copyOf(faults);
        }
    }

    /**
     * A job that nobody will try again by itself.
     *
     * @param id its cycle and relay
     * @param payload the job as it stood in the queue
     * @param job the same read, or null if it cannot be read
     */
    record DeadLetter(String id, String payload, @Nullable CheckJob job, String why, Instant at) {}

    /** @param since when it came there; {@code until} for a delay or a lease, else the same; {@code owner}, {@code why} may be empty */
    record JobStatus(Where where, String owner, Instant since, Instant until, int attempt, String why) {}

    enum Where {
        QUEUED,
        RUNNING,
        DELAYED,
        RETRYING,
        DONE,
        DEAD
    }
}
