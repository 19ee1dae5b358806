package org.nostrmonitor.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How much is done to how big a system.
 *
 * @param relays checked in every cycle, of which one begins every minute unless the last still runs
 * @param slots of each worker
 * @param lease how long a job stays with a worker that is not heard from
 * @param longestProbe while faults are made; then 30 ms
 * @param times how often each fault is made, in random order
 * @param results to be stored at least, however soon the faults are over
 * @param between two faults at most so many results are waited for
 * @param outage how long a server is away, up to twice as long
 */
record Size(
        int relays,
        int workers,
        int slots,
        Duration lease,
        Duration longestProbe,
        Map<Fault, Integer> times,
        int results,
        int between,
        Duration outage) {
    static final int SCHEDULERS = 2;

    /** One of each, in about a minute. */
    static Size shortOne() {
        Map<Fault, Integer> times = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            times.put(fault, 1);
        }
        times.remove(Fault.KILL_MID_PLAN);
        times.remove(Fault.KILL_REDIS);
        times.remove(Fault.STOP_BOTH);
        times.remove(Fault.ONE_AFTER_THE_OTHER);
        return new Size(
                2000, 3, 10, Duration.ofSeconds(2), Duration.ofMillis(600), times, 2000, 20, Duration.ofSeconds(2));
    }

    /** 300 kills of workers by us, 20 stalls, 24 outages; about twenty minutes. */
    static Size longOne() {
        Map<Fault, Integer> times = new EnumMap<>(Fault.class);
        times.putAll(Map.of(
                Fault.KILL_AFTER_CLAIM, 60,
                Fault.KILL_MID_PROBE, 60,
                Fault.KILL_BEFORE_COMMIT, 60,
                Fault.KILL_AFTER_COMMIT, 60,
                Fault.KILL_AT_RANDOM, 60,
                Fault.STALL, 20,
                Fault.KILL_SCHEDULER, 10,
                Fault.KILL_MID_PLAN, 3));
        times.putAll(Map.of(
                Fault.RESTART_REDIS, 4,
                Fault.KILL_REDIS, 4,
                Fault.FLUSH_REDIS, 4,
                Fault.STOP_POSTGRES, 6,
                Fault.STOP_BOTH, 3,
                Fault.ONE_AFTER_THE_OTHER, 3,
                Fault.POISON, 3));
        return new Size(
                12_000,
                4,
                50,
                Duration.ofSeconds(3),
                Duration.ofMillis(30),
                times,
                100_000,
                150,
                Duration.ofSeconds(5));
    }

    /** All of them in random order. */
    List<Fault> faults(Random random) {
        List<Fault> all = new ArrayList<>();
        times.forEach((fault, count) -> all.addAll(Collections.nCopies(count, fault)));
        Collections.shuffle(all, random);
        return all;
    }
}
