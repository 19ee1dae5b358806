package org.nostrmonitor.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until a test moves it. */
final class MovableClock implements InstantSource {
    private volatile Instant now;

    MovableClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
