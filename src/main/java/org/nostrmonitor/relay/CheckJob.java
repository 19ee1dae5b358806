package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check waiting to be made: the job type {@code relay_check_job}. It carries all that a stateless worker needs.
 *
 * @param relay whom to check
 * @param region from where: names the queue
 * @param cycle for which cycle, whole seconds
 * @param checks what to check; always with {@link CheckType#OPEN}
 * @param timeouts how long each check may take, one entry for each of {@code checks}
 * @param signingKey the public key, 64 hex digits, whose secret signs; null to sign nothing. Never a secret
 * @param publishTo the relays that the discovery event is for
 * @param priority how urgent
 * @param attempt 1 for the first try; counts our own faults only
 * @param wasUp whether the region last saw the relay up: then a failure is confirmed before it is believed
 * @param confirmation how often a failure was seen already, 0 to 2
 * @param reserved the address whose turn to be dialled was waited for and has come, or null
 */
public record CheckJob(
        RelayUrl relay,
        String region,
        Instant cycle,
        Set<CheckType> checks,
        Map<CheckType, Duration> timeouts,
        @Nullable String signingKey,
        List<RelayUrl> publishTo,
        Priority priority,
        int attempt,
        boolean wasUp,
        int confirmation,
        @Nullable String reserved) {
    public CheckJob {
        checks = Set.copyOf(checks);
        timeouts = Map.copyOf(timeouts);
        publishTo = List.copyOf(publishTo);
        if (!checks.contains(CheckType.OPEN)) {
            throw new IllegalArgumentException("a job without the open check: " + relay);
        }
        if (!timeouts.keySet().containsAll(checks)) {
            throw new IllegalArgumentException("a check without a timeout: " + checks + " of " + relay);
        }
    }

    /** A relay not known to be up, never tried. */
    public CheckJob(
            RelayUrl relay,
            String region,
            Instant cycle,
            Set<CheckType> checks,
            Map<CheckType, Duration> timeouts,
            @Nullable String signingKey,
            List<RelayUrl> publishTo,
            Priority priority,
            int attempt) {
        this(relay, region, cycle, checks, timeouts, signingKey, publishTo, priority, attempt, false, 0, null);
    }

    /** The natural key within its region's queue: the same relay and cycle are the same job. */
    public String id() {
        return cycle.getEpochSecond() + " " + relay.value();
    }

    public Duration timeout(CheckType check) {
        Duration timeout = timeouts.get(check);
        if (timeout == null) {
            throw new IllegalArgumentException("this job does not " + check.label());
        }
        return timeout;
    }

    public CheckJob withAttempt(int next) {
        return after(next, confirmation, reserved);
    }

    public CheckJob withWasUp(boolean was) {
        return new CheckJob(
                relay,
                region,
                cycle,
                checks,
                timeouts,
                signingKey,
                publishTo,
                priority,
                attempt,
                was,
                confirmation,
                reserved);
    }

    /** The same job after it was tried, confirmed or made to wait its turn. */
    public CheckJob after(int attempts, int confirmations, @Nullable String address) {
        return new CheckJob(
                relay,
                region,
                cycle,
                checks,
                timeouts,
                signingKey,
                publishTo,
                priority,
                attempts,
                wasUp,
                confirmations,
                address);
    }
}
