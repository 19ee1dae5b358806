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
        int attempt) {
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
        return new CheckJob(relay, region, cycle, checks, timeouts, signingKey, publishTo, priority, next);
    }
}
