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
 * Whether a relay is to be checked in a cycle, what about it, and how urgently. Pure.
 *
 * @param urlsPerHost at most so many relays of one host in a cycle
 * @param signingKeys whose secrets sign the events
 * @param publishTo who gets the events
 */
public record CheckPlan(
        Checks checks, BackOff backOff, int urlsPerHost, SigningKeys signingKeys, List<RelayUrl> publishTo) {
    private static final Duration ALIASES_EVERY = Duration.ofDays(1);

    public CheckPlan {
        publishTo = List.copyOf(publishTo);
    }

    /**
     * Whether it is the relay's turn. What was checked since the cycle began, because somebody asked for it, has lost the
     * past that would tell: then it is, so that planning the cycle again leaves out nothing that was planned.
     *
     * @param cadence the usual time between two cycles
     */
    boolean isDue(KnownRelay relay, Instant cycle, Duration cadence) {
        Instant last = relay.lastCycle();
        Instant since = relay.since();
        if (last == null || since == null || last.isAfter(cycle)) {
            return true;
        }
        if (!isDue(checks.open(), relay.checkedAt(), cycle)) {
            return false;
        }
        boolean isSettled =
                relay.state() == RelayState.OFFLINE && !backOff.longest().isZero();
        return !isSettled
                || !last.plus(backOff.interval(relay.id(), since, last, cadence))
                        .isAfter(cycle);
    }

    /** Whether it is an alias' turn: so rarely that it costs little, so often that a change is seen. */
    boolean isAliasDue(KnownRelay alias, Instant cycle) {
        Instant last = alias.lastCycle();
        return last == null || last.isAfter(cycle) || !last.plus(ALIASES_EVERY).isAfter(cycle);
    }

    /** The job of a cycle: checks that are not yet due again are left out. */
    CheckJob jobOf(KnownRelay relay, String region, Instant cycle) {
        return job(relay, region, cycle, dueTimeouts(relay, cycle), priority(relay));
    }

    private static Priority priority(KnownRelay relay) {
        if (relay.first()) {
            return Priority.CONFIRMING;
        }
        return relay.state() == RelayState.OFFLINE ? Priority.DEAD : Priority.ONLINE;
    }

    /** The job that somebody asked for: every check, now. */
    CheckJob onDemand(KnownRelay relay, String region, Instant now) {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType type : CheckType.values()) {
            if (checks.of(type).enabled()) {
                timeouts.put(type, checks.of(type).timeout());
            }
        }
        return job(relay, region, now, timeouts, Priority.ON_DEMAND);
    }

    private CheckJob job(
            KnownRelay relay, String region, Instant cycle, Map<CheckType, Duration> timeouts, Priority priority) {
        CheckJob job = new CheckJob(
                relay.url(),
                region,
                cycle,
                timeouts.keySet(),
                timeouts,
                signingKeys.forRegion(region),
                publishTo,
                priority,
                1);
        return job.withWasUp(relay.state().isUp());
    }

    private Map<CheckType, Duration> dueTimeouts(KnownRelay relay, Instant cycle) {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType type : CheckType.values()) {
            if (isDue(checks.of(type), lastTest(relay, type), cycle)) {
                timeouts.put(type, checks.of(type).timeout());
            }
        }
        // Which capabilities are tested is for the document of the same moment to say.
        if (timeouts.containsKey(CheckType.CAPABILITIES) && checks.nip11().enabled()) {
            timeouts.put(CheckType.NIP11, checks.nip11().timeout());
        }
        return timeouts;
    }

    /** Of the read only that it passed is known, and a relay that is not up is asked again whenever it opens. */
    private static @Nullable Instant lastTest(KnownRelay relay, CheckType type) {
        return switch (type) {
            case OPEN -> null;
            case READ -> relay.state().isUp() ? relay.readPassedAt() : null;
            case WRITE -> relay.writeTestedAt();
            case NIP11 -> relay.nip11TestedAt();
            case CAPABILITIES -> relay.capabilitiesTestedAt();
        };
    }

    private static boolean isDue(Check check, @Nullable Instant last, Instant cycle) {
        return check.enabled() && (last == null || !last.plus(check.every()).isAfter(cycle));
    }
}
