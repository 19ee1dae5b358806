package org.nostrmonitor.consume;

import java.time.Duration;

/**
 * How a worker comes to doubt its own network, and to trust it again.
 *
 * @param window what is lately: failures count so long, a network that was found to work is trusted so long, and a worker that
 *     has reached nobody since its start waits so long before it believes that the relays are at fault
 * @param every how long after one round of witnesses the next begins, give or take a fifth
 * @param rest how long a witness is left alone after it was asked
 * @param patience how long a witness has to answer
 * @param leastBack how long a job is handed back at least; longer, the longer the doubt lasts
 * @param mostBack how long at most, but for half as much again of jitter
 */
public record DoubtSettings(
        Duration window, Duration every, Duration rest, Duration patience, Duration leastBack, Duration mostBack) {
    /**
     * A relay that was up is looked at three times within more than a minute before it is stored as offline, so whoever fails
     * for the first time while the network is trusted comes to its last look after that.
     */
    public static final DoubtSettings DEFAULT = new DoubtSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60));
}
