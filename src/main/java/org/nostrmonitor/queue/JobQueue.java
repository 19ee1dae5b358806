package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.nostrmonitor.relay.CheckJob;

/**
 * The jobs that wait, and who is at which. A work index that can be rebuilt from PostgreSQL at any time. {@link QueueView}
 * looks at it, {@link DeadLetters} are what it has given up.
 *
 * <p>Each method is one atomic transition. Delivery is at least once; what makes a result exactly one is its natural key
 * in PostgreSQL. Every future fails with {@link QueueUnavailable} if Redis does not answer in time.
 */
public interface JobQueue {
    /**
     * Adds jobs of one region; a job whose id is known, be it live or done, is left alone. Completes with how many were new.
     */
    Future<Integer> plan(List<CheckJob> jobs);

    /** Says that no more jobs of the cycle will be planned, so that it is complete once none is left. */
    Future<Void> seal(String region, Instant cycle);

    /** Forgets all jobs of a cycle, wherever they are: it was missed. Completes with how many there were. */
    Future<Integer> drop(String region, Instant cycle);

    /** Takes jobs that are due, in the order of their virtual deadlines, as far as the pace allows. */
    Future<List<Lease>> claim(Claim claim);

    /** Prolongs leases; completes with those that are still ours, the others have been lost. */
    Future<List<Lease>> renew(List<Lease> leases, Duration lease);

    /** The job is done and its result committed. False if the lease is stale: then somebody else has it. */
    Future<Boolean> ack(Lease lease);

    /** Our own fault: try again after a delay, as the next attempt. False if the lease is stale. */
    Future<Boolean> retry(Lease lease, Duration delay, String why);

    /** Not now, through nobody's fault: again after a delay, as the same attempt. False if the lease is stale. */
    Future<Boolean> defer(Lease lease, Duration delay, String why);

    /** Like {@link #defer}; when the job comes again, its turn to dial this address has come: see {@link AddressLimits}. */
    Future<Boolean> awaitTurn(Lease lease, Duration delay, String address);

    /**
     * The relay, last seen up, failed: look again after a delay, as the same attempt and the next confirmation, before
     * everything that is not asked for. False if the lease is stale.
     */
    Future<Boolean> confirm(Lease lease, Duration delay, String why);

    /** No more attempts: to the dead letters. False if the lease is stale. */
    Future<Boolean> bury(Lease lease, String why);

    /**
     * Returns jobs whose lease ran out, as the next attempt; those out of attempts are buried. Completes with how many.
     */
    Future<Integer> reap(String region, int maxAttempts);

    /**
     * What a worker has room for.
     *
     * @param owner the worker's id
     * @param most jobs of any kind
     * @param onDemand jobs that somebody asked for, on top of {@code most}: the slots that are kept for them
     * @param lease how long they are ours, unless renewed
     * @param pace a job whose host has had its turn goes to the delayed ones, to the next turn, at no attempt
     */
    record Claim(String region, String owner, int most, int onDemand, Duration lease, Pace pace) {}
}
