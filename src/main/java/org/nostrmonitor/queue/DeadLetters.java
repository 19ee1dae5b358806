package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;

/**
 * The jobs that nobody tries again by himself: out of attempts through faults of ours, or not readable. Every future fails
 * with {@link QueueUnavailable} if Redis does not answer in time.
 */
public interface DeadLetters {
    /** The newest first. */
    Future<List<DeadLetter>> newest(String region, int most);

    /**
     * Puts letters back into the queue, as first attempts of jobs of another cycle, which is never sealed. Completes with how
     * many there were; what is no letter any more, or cannot be read as a job, is left alone.
     *
     * @param cycle now, in whole seconds
     */
    Future<Integer> retry(String region, Collection<String> ids, Instant cycle);

    /** The same with all letters that are there. */
    Future<Integer> retryAll(String region, Instant cycle);

    /** Forgets letters. Completes with how many there were. */
    Future<Integer> drop(String region, Collection<String> ids);

    /** Forgets all letters. Completes with how many there were. */
    Future<Integer> dropAll(String region);

    /**
     * A dead letter.
     *
     * @param id its cycle and relay
     * @param payload the job as JSON, or as it stood in the queue if it cannot be read
     * @param job the same read, or null if it cannot be read
     */
    record DeadLetter(String id, String payload, @Nullable CheckJob job, String why, Instant at) {}
}
