package org.nostrmonitor.discover;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** So much a second on average, and two seconds' worth at once. What was taken too early has to be waited for afterwards. */
final class Rate {
    private static final double SECONDS_AT_ONCE = 2;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private double left;
    private long at;

    /** @param nanos the monotonic clock, now */
    Rate(double perSecond, long nanos) {
        this.perSecond = perSecond;
        this.left = perSecond * SECONDS_AT_ONCE;
        this.at = nanos;
    }

    void take(double amount, long nanos) {
        left = Math.min(perSecond * SECONDS_AT_ONCE, left + (nanos - at) / NANOS * perSecond) - amount;
        at = nanos;
    }

    /** How long until nothing is owed; zero if nothing is. */
    Duration owed(long nanos) {
        double debt = -left - (nanos - at) / NANOS * perSecond;
        return debt <= 0 ? Duration.ZERO : Duration.ofNanos((long) (debt / perSecond * NANOS));
    }
}
