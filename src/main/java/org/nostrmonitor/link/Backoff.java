package org.nostrmonitor.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after each failure in a row: anything from the least wait up to a ceiling that doubles (full jitter). */
public final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration least;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration least, Duration most, RandomGenerator random) {
        this.least = least;
        this.most = most;
        this.random = random;
    }

    /** The wait after one more failure. */
    public Duration next() {
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        long ceiling = Math.min(most.toMillis(), least.toMillis() << failures);
        return Duration.ofMillis(random.nextLong(least.toMillis(), Math.max(ceiling, least.toMillis()) + 1));
    }

    /** It worked: the next failure is the first again. */
    public void reset() {
        failures = 0;
    }
}
