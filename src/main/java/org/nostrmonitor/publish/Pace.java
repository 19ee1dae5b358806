package org.nostrmonitor.publish;

import java.time.Duration;
import org.nostrmonitor.link.LinkLimits;

/**
 * How long a publisher waits for what, and how much it has on the way.
 *
 * @param window the most events per target that were sent and are not settled yet
 * @param answer how long a target may be silent while events wait for their OK
 * @param connect from the start of the dial to the open WebSocket
 * @param storage how long the outbox may take to answer
 * @param ping how often an open connection is proven alive; three of them without a byte close it
 * @param leastWait the shortest wait after a failure
 * @param mostWait the longest wait after a failure
 * @param hint hints that come within this time are one
 * @param sweep how often the outbox is looked at without a hint, give or take a fifth
 * @param drain how long a stop waits for outstanding answers
 */
record Pace(
        int window,
        Duration answer,
        Duration connect,
        Duration storage,
        Duration ping,
        Duration leastWait,
        Duration mostWait,
        Duration hint,
        Duration sweep,
        Duration drain) {
    static final Pace DEFAULT = new Pace(
            50,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(15),
            Duration.ofSeconds(3));

    private static final int MESSAGE_BYTES = 256 << 10;
    /** A target has little to say but answers. */
    private static final int FREE_BYTES = 1 << 20;

    LinkLimits link() {
        return new LinkLimits(connect, ping, MESSAGE_BYTES, FREE_BYTES);
    }
}
