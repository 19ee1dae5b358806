package org.nostrmonitor.consume;

import java.time.Duration;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.RetryPolicy;

/**
 * How a worker works.
 *
 * @param region whose queue it serves
 * @param owner its id
 * @param slots probes at the same time
 * @param keptSlots of these, for what somebody asked for
 * @param lease how long a claimed job is ours unless renewed, which happens every third of it; the leases of others that ran
 *     out are looked for every sixth
 * @param pace how fast hosts may be probed
 * @param retries after faults of our own
 * @param confirmAfter how long after its failure a relay that was up is looked at again, up to a tenth more
 * @param room how many reports and untold ends of jobs may wait
 * @param roomBytes how much the documents of waiting reports may hold
 * @param postgresBackoff between tries while PostgreSQL is away
 * @param redisBackoff between tries, and between claims, while Redis is away
 * @param idlePatience how long nothing may be claimed before it asks what waits
 * @param idleEvery how often it asks at most
 * @param doubt how it comes to doubt its own network
 */
public record WorkerSettings(
        String region,
        String owner,
        int slots,
        int keptSlots,
        Duration lease,
        Pace pace,
        RetryPolicy retries,
        Duration confirmAfter,
        int room,
        long roomBytes,
        Backoff postgresBackoff,
        Backoff redisBackoff,
        Duration idlePatience,
        Duration idleEvery,
        DoubtSettings doubt) {
    /** Longer than a pause of the machine, shorter than a person's patience. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** Longer than a restart takes, and short beside a cycle. */
    static final Duration CONFIRM_AFTER = Duration.ofSeconds(30);

    private static final int ROOM = 2_000;
    private static final long ROOM_BYTES = 64_000_000;

    /** A tenth of the slots, at least one, is kept for what somebody asked for; an only slot is for all. */
    public static WorkerSettings of(String region, String owner, int slots, Pace pace) {
        return new WorkerSettings(
                region,
                owner,
                slots,
                slots == 1 ? 0 : Math.max(1, slots / 10),
                LEASE,
                pace,
                RetryPolicy.DEFAULT,
                CONFIRM_AFTER,
                ROOM,
                ROOM_BYTES,
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15)),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                DoubtSettings.DEFAULT);
    }
}
