package org.nostrmonitor.discover;

import java.time.Duration;
import org.nostrmonitor.link.LinkLimits;

/**
 * How long a reader waits for what, and how fast it takes it in.
 *
 * @param connect from the start of the dial to the open WebSocket
 * @param ping how often an open connection is proven alive
 * @param answer how long a source may be silent while it owes us a page
 * @param leastWait the shortest wait after a failure
 * @param mostWait the longest wait after a failure
 * @param stand how often it is asked who reads
 * @param lease for how long who reads is believed to
 * @param write how often what was heard is written
 * @param tell how often it is noted until when all is known
 * @param page how many events are asked for at once
 * @param eventsPerSecond what is taken from one source on average
 * @param bytesPerSecond the same
 */
record Pace(
        Duration connect,
        Duration ping,
        Duration answer,
        Duration leastWait,
        Duration mostWait,
        Duration stand,
        Duration lease,
        Duration write,
        Duration tell,
        int page,
        double eventsPerSecond,
        double bytesPerSecond) {
    static final Pace DEFAULT = new Pace(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            500,
            1_000,
            4 << 20);

    /** Relays in the wild take up to half of this: a longer one would end the reading at the same place each time. */
    private static final int MESSAGE_BYTES = 1 << 20;
    /** What is no message: pings, frames of nothing, and what waits while we pause. */
    private static final int FREE_BYTES = 4 << 20;

    LinkLimits link() {
        return new LinkLimits(connect, ping, MESSAGE_BYTES, FREE_BYTES);
    }
}
