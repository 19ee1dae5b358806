package org.nostrmonitor.probe;

import java.util.concurrent.atomic.AtomicLong;

/** An amount that many take from and give back to. Thread-safe. */
final class Pot {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Pot(long limit) {
        this.limit = limit;
    }

    /** All of it, or nothing and false. */
    boolean take(long amount) {
        if (used.addAndGet(amount) <= limit) {
            return true;
        }
        used.addAndGet(-amount);
        refused.incrementAndGet();
        return false;
    }

    void give(long amount) {
        used.addAndGet(-amount);
    }

    long used() {
        return used.get();
    }

    long limit() {
        return limit;
    }

    /** How often there was not enough. */
    long refused() {
        return refused.get();
    }
}
