package org.nostrmonitor.simulator;

import java.util.Random;

/**
 * How long a relay takes to answer: log-normal around a median that is log-normal among relays, as measured networks are.
 * Safe for several threads.
 */
final class Latency {
    private static final double TYPICAL_MS = 70;
    private static final double SPREAD_OF_RELAYS = 0.8;
    private static final double SPREAD_OF_ANSWERS = 0.25;
    private static final double MOST_MS = 1500;

    private final Random random;
    private final double medianMs;
    private final double scale;

    /** @param scale factor on every answer; 0 answers at once */
    Latency(long seed, double scale) {
        this.random = new Random(seed);
        this.scale = scale;
        this.medianMs = TYPICAL_MS * Math.exp(SPREAD_OF_RELAYS * random.nextGaussian());
    }

    /** The next answer's time in milliseconds, 0 to 1500 times the scale. */
    long nextMs() {
        double ms = medianMs * Math.exp(SPREAD_OF_ANSWERS * random.nextGaussian());
        return Math.round(Math.min(ms, MOST_MS) * scale);
    }

    /** Evenly between the two, not scaled: where being slow is the point. */
    long betweenMs(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
