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
    private final Timer time;

    public CheckFigures(MeterRegistry registry, String region) {
        for (RelayState state : RelayState.values()) {
            checks.put(state, registry.counter("monitor.checks", "region", region, "state", state.label()));
        }
        this.faults = registry.counter("monitor.job.faults", "region", region);
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
}
