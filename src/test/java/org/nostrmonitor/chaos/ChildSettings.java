package org.nostrmonitor.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What a worker or scheduler is started with, by its environment.
 *
 * @param nsec the secret key that all workers sign with
 * @param name the worker's id, or the scheduler's
 * @param slots jobs at the same time
 * @param lease how long a job stays with a worker that is not heard from
 * @param longestProbe a probe takes between 1 ms and this
 */
record ChildSettings(
        String postgres, String redis, String nsec, String name, int slots, Duration lease, Duration longestProbe) {
    static final String REGION = "eu";

    Map<String, String> environment() {
        return Map.of(
                "CHAOS_POSTGRES", postgres,
                "CHAOS_REDIS", redis,
                "CHAOS_NSEC", nsec,
                "CHAOS_NAME", name,
                "CHAOS_SLOTS", "" + slots,
                "CHAOS_LEASE_MS", "" + lease.toMillis(),
                "CHAOS_PROBE_MS", "" + longestProbe.toMillis());
    }

    static ChildSettings ofThisProcess() {
        return new ChildSettings(
                given("CHAOS_POSTGRES"),
                given("CHAOS_REDIS"),
                given("CHAOS_NSEC"),
                given("CHAOS_NAME"),
                Integer.parseInt(given("CHAOS_SLOTS")),
                Duration.ofMillis(Long.parseLong(given("CHAOS_LEASE_MS"))),
                Duration.ofMillis(Long.parseLong(given("CHAOS_PROBE_MS"))));
    }

    ChildSettings named(String other) {
        return new ChildSettings(postgres, redis, nsec, other, slots, lease, longestProbe);
    }

    ChildSettings probing(Duration longest) {
        return new ChildSettings(postgres, redis, nsec, name, slots, lease, longest);
    }

    private static String given(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
