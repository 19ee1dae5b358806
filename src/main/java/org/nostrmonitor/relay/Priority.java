package org.nostrmonitor.relay;

import java.time.Duration;

/** How urgent a job is. Jobs are taken by enqueue time plus this offset, so that none starves. */
public enum Priority {
    ON_DEMAND(Duration.ZERO),
    CONFIRMING(Duration.ofSeconds(30)),
    ONLINE(Duration.ofMinutes(2)),
    DEAD(Duration.ofMinutes(10));

    private final Duration offset;

    Priority(Duration offset) {
        this.offset = offset;
    }

    /** What is added to the enqueue time to give the virtual deadline. */
    public Duration offset() {
        return offset;
    }
}
