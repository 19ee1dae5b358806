package org.nostrmonitor.probe;

import java.time.Duration;

/**
 * The moments between which something happened, on the monotonic clock.
 *
 * @param throughout whether we had to act in between as well, so that we could have been late at any moment of it and not
 *     only at its ends
 */
record Timing(long fromNanos, long toNanos, boolean throughout) {
    /** From when we last spoke to when the other side was heard. */
    static Timing between(long fromNanos, long toNanos) {
        return new Timing(fromNanos, toNanos, false);
    }

    /** From then to now, with work of our own in between. */
    static Timing since(long fromNanos) {
        return new Timing(fromNanos, System.nanoTime(), true);
    }

    /** Negative if the answer came before the question. */
    Duration length() {
        return Duration.ofNanos(toNanos - fromNanos);
    }
}
