package org.nostrmonitor.relayserver;

import java.util.function.LongSupplier;

/** How much one client may say: a token bucket. Used on one event loop. */
final class Allowance {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double most;
    private final LongSupplier nanos;
    private double left;
    private long last;
    private int strikes;

    /** @param nanos monotonic */
    Allowance(RelayLimits limits, LongSupplier nanos) {
        this.perSecond = limits.perSecond();
        this.most = limits.atOnce();
        this.nanos = nanos;
        this.left = most;
        this.last = nanos.getAsLong();
    }

    /** Whether there is enough left; if not, nothing is taken. */
    boolean take(double tokens) {
        long now = nanos.getAsLong();
        left = Math.min(most, left + (now - last) / NANOS * perSecond);
        last = now;
        if (left == most) {
            strikes = 0;
        }
        if (left < tokens) {
            strikes++;
            return false;
        }
        left -= tokens;
        return true;
    }

    /** How often there was not enough since it was last full. */
    int strikes() {
        return strikes;
    }
}
