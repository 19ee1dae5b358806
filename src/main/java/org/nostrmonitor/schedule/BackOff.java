package org.nostrmonitor.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a relay that stays offline is left alone between two checks. Pure, and without a counter: it follows from how
 * long the relay was offline when it was last checked.
 *
 * <pre>
 * offline  = last check − start of the outage
 * interval = min(¼ × offline, longest ÷ 1.2) × j        j in [0.8, 1.2), from the relay's id and the last check
 * interval = at least the cadence, at most longest
 * </pre>
 *
 * So a relay that has just gone is checked in every cycle, one that was away for a day every six hours or so, and those that
 * went together, or were imported together, spread over the cycles.
 *
 * @param longest the bound; zero checks every relay in every cycle
 */
public record BackOff(Duration longest) {
    private static final double SHARE = 0.25;
    private static final double JITTER = 0.2;

    /**
     * From one check to the next.
     *
     * @param since when the relay went offline
     * @param lastCheck the cycle that it was last checked in
     * @param cadence the usual time between two cycles; no interval is shorter
     */
    public Duration interval(int relayId, Instant since, Instant lastCheck, Duration cadence) {
        if (longest.compareTo(cadence) <= 0) {
            return cadence;
        }
        double offline = Math.max(0, Duration.between(since, lastCheck).toMillis());
        double steady = Math.min(SHARE * offline, longest.toMillis() / (1 + JITTER));
        Duration interval = Duration.ofMillis((long) (steady * jitter(relayId, lastCheck)));
        return interval.compareTo(cadence) < 0 ? cadence : interval;
    }

    private static double jitter(int relayId, Instant lastCheck) {
        long mixed = mix(relayId * 0x9E3779B97F4A7C15L + lastCheck.getEpochSecond());
        double between0And1 = (mixed >>> 11) * 0x1.0p-53;
        return 1 - JITTER + 2 * JITTER * between0And1;
    }

    /** The finalizer of SplitMix64: neighbouring numbers come out far apart. */
    private static long mix(long number) {
        long once = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
