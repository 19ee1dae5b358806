package org.nostrmonitor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig.Check;
import org.nostrmonitor.config.MonitorConfig.Checks;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.KnownRelay;

/**
 * What is to be checked about a relay, and how urgently. Pure.
 *
 * @param signingKey the public key whose secret signs the events, 64 hex digits
 * @param publishTo who gets the events
 */
public record CheckPlan(Checks checks, String signingKey, List<RelayUrl> publishTo) {
    public CheckPlan {
        publishTo = List.copyOf(publishTo);
    }

    /** The job of a cycle: checks that are not yet due again are left out. */
    CheckJob jobOf(KnownRelay relay, String region, Instant cycle) {
        Priority priority = relay.state() == RelayState.OFFLINE ? Priority.DEAD : Priority.ONLINE;
        return job(relay.url(), region, cycle, dueTimeouts(relay, cycle), priority);
    }

    /** The job that somebody asked for: every check, now. */
    CheckJob onDemand(RelayUrl relay, String region, Instant now) {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType type : CheckType.values()) {
            if (checks.of(type).enabled()) {
                timeouts.put(type, checks.of(type).timeout());
            }
        }
        return job(relay, region, now, timeouts, Priority.ON_DEMAND);
    }

    private CheckJob job(
            RelayUrl relay, String region, Instant cycle, Map<CheckType, Duration> timeouts, Priority priority) {
        return new CheckJob(relay, region, cycle, timeouts.keySet(), timeouts, signingKey, publishTo, priority, 1);
    }

    private Map<CheckType, Duration> dueTimeouts(KnownRelay relay, Instant cycle) {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType type : CheckType.values()) {
            Instant last = type == CheckType.WRITE ? relay.writeTestedAt() : null;
            if (isDue(checks.of(type), last, cycle)) {
                timeouts.put(type, checks.of(type).timeout());
            }
        }
        return timeouts;
    }

    private static boolean isDue(Check check, @Nullable Instant last, Instant cycle) {
        return check.enabled() && (last == null || !last.plus(check.every()).isAfter(cycle));
    }
}
