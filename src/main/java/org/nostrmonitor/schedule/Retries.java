package org.nostrmonitor.schedule;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** When something that failed is tried again: later each time, up to five seconds, with jitter. Of one thing. */
final class Retries {
    private static final long FIRST_MS = 500;
    private static final long LONGEST_MS = 5_000;
    private static final int MOST_DOUBLINGS = 4;

    private final RandomGenerator random;
    private int failures;
    private Instant next = Instant.MIN;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    boolean mayTry(Instant now) {
        return !now.isBefore(next);
    }

    void failed(Instant now) {
        long pause = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, MOST_DOUBLINGS));
        next = now.plusMillis(pause / 2 + random.nextLong(pause / 2 + 1));
        failures++;
    }

    void worked() {
        failures = 0;
        next = Instant.MIN;
    }
}
