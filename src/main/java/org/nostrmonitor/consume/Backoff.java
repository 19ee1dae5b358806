package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: anything from the least wait up to a ceiling that doubles with each.
 *
 * @param least no wait is shorter
 * @param most no wait is longer
 */
public record Backoff(Duration least, Duration most) {
    private static final int MOST_DOUBLINGS = 20;

    /** @param failures in a row, from 1 */
    Duration after(int failures, RandomGenerator random) {
        long ceiling = Math.min(most.toMillis(), least.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        return Duration.ofMillis(random.nextLong(least.toMillis(), Math.max(ceiling, least.toMillis()) + 1));
    }
}
