package org.nostrmonitor.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What to do with a job after a fault of our own: again after a delay with full jitter, or to the dead letters.
 *
 * @param maxAttempts after so many the job is buried
 * @param least no delay is shorter; the bound of a delay is its double after the first attempt, and doubles with each
 * @param most no delay is longer
 */
public record RetryPolicy(int maxAttempts, Duration least, Duration most) {
    private static final int MOST_DOUBLINGS = 20;

    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(2), Duration.ofSeconds(60));

    /** What comes after a failed attempt. */
    public sealed interface Decision {
        record RetryAfter(Duration delay) implements Decision {}

        record Bury() implements Decision {}
    }

    /** @param attempt the one that failed, from 1 */
    public Decision after(int attempt, RandomGenerator random) {
        if (attempt >= maxAttempts) {
            return new Decision.Bury();
        }
        long doubled = least.toMillis() << Math.min(attempt, MOST_DOUBLINGS);
        long bound = Math.min(most.toMillis(), doubled);
        return new Decision.RetryAfter(Duration.ofMillis(random.nextLong(least.toMillis(), bound + 1)));
    }
}
