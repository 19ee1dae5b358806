package org.nostrmonitor.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.nostrmonitor.relay.RelayState;

/** How many checks were made and how they ended, for {@code /metrics}. Labels: region and state, nothing of a relay. */
public final class CheckFigures {
    private final Map<RelayState, Counter> checks = new EnumMap<>(RelayState.class);
    private final Counter faults;
    private final Counter confirmations;
    private final Counter confirmed;
    private final Counter refuted;
    private final Counter stale;
    private final Counter untold;
    private final Counter notHeld;
    private final Timer time;

    public CheckFigures(MeterRegistry registry, String region) {
        for (RelayState state : RelayState.values()) {
            checks.put(state, registry.counter("monitor.checks", "region", region, "state", state.label()));
        }
        this.faults = registry.counter("monitor.job.faults", "region", region);
        this.confirmations = registry.counter("monitor.confirmations", "region", region);
        this.confirmed = registry.counter("monitor.outages", "region", region, "verdict", "confirmed");
        this.refuted = registry.counter("monitor.outages", "region", region, "verdict", "refuted");
        this.stale = registry.counter("monitor.job.stale", "region", region);
        this.untold = registry.counter("monitor.job.untold", "region", region);
        this.notHeld = registry.counter("monitor.job.not.held", "region", region);
        this.time = registry.timer("monitor.job.time", "region", region);
    }

    /** @param took from the claim to the commit */
    void stored(RelayState state, Duration took) {
        Counter counter = checks.get(state);
        if (counter != null) {
            counter.increment();
        }
        time.record(took);
    }

    void fault() {
        faults.increment();
    }

    /** A relay that was up failed, and is to be looked at again. */
    void confirmation() {
        confirmations.increment();
    }

    /** After it was looked at again: the relay is down, or it is not. */
    void outage(boolean isOne) {
        (isOne ? confirmed : refuted).increment();
    }

    /** The queue refused the end of a job, or would have: its lease was lost. */
    void stale() {
        stale.increment();
    }

    /** How many of them there were. */
    long staleSoFar() {
        return (long) stale.count();
    }

    /** The queue could not be told the end of a job as long as it was worth trying. */
    void untold() {
        untold.increment();
    }

    /** There was no room to hold a report: its job is done again. */
    void notHeld() {
        notHeld.increment();
    }
}
