package org.nostrmonitor.simulator;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Latencies that are known beforehand: log-normal, between 5 and 800 ms, the same for the same seed. */
final class InjectedLatency {
    private static final double MEDIAN_MS = 70;
    private static final double SPREAD = 0.9;
    private static final double LEAST_MS = 5;
    private static final double MOST_MS = 800;

    private final Random random;

    InjectedLatency(long seed) {
        this.random = new Random(seed);
    }

    long nextNanos() {
        double ms = MEDIAN_MS * Math.exp(SPREAD * random.nextGaussian());
        return Math.round(Math.min(MOST_MS, Math.max(LEAST_MS, ms)) * TimeUnit.MILLISECONDS.toNanos(1));
    }
}
