package org.nostrmonitor.simulator;

import org.nostrmonitor.relay.RelayUrl;

/**
 * A simulated relay that remembers how long it kept its latest answers back. To be probed by one at a time, or what it
 * remembers is somebody else's.
 */
public final class TimedRelay {
    private final RelayUrl url;
    private final InjectedLatency latency;
    private volatile TimedVisit latest = new TimedVisit();

    TimedRelay(RelayUrl url, InjectedLatency latency) {
        this.url = url;
        this.latency = latency;
    }

    public RelayUrl url() {
        return url;
    }

    /** The WebSocket that was asked for last; without an answer in it if none was. */
    public TimedVisit latest() {
        return latest;
    }

    long nextLatencyNanos() {
        return latency.nextNanos();
    }

    TimedVisit visited() {
        TimedVisit visit = new TimedVisit();
        latest = visit;
        return visit;
    }
}
