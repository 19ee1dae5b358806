package org.nostrmonitor.http.view;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * What the system page is made from; a null is what could not be read.
 *
 * @param cycles newest first, from PostgreSQL
 * @param depth events pending, by target, from PostgreSQL
 * @param targets as their publisher said within the last minute, from Redis
 * @param queue by region, from Redis
 * @param workers from Redis
 * @param letters newest first, from Redis
 * @param cron when cycles are planned
 * @param cadence the usual gap between two of them
 * @param form of the dead letters
 * @param upkeep what coordinators did, and who reads
 */
public record SystemParts(
        @Nullable List<Cycle> cycles,
        @Nullable Map<String, Integer> depth,
        @Nullable List<TargetState> targets,
        @Nullable Map<String, QueueCounts> queue,
        @Nullable List<Worker> workers,
        @Nullable List<RegionLetter> letters,
        String cron,
        Duration cadence,
        Form form,
        Upkeep upkeep) {

    /**
     * @param enabled whether a token is configured, without which there is no form
     * @param notice what came of it, or null
     * @param chosen values that were sent in vain, and stay chosen
     */
    public record Form(boolean enabled, @Nullable Notice notice, Set<String> chosen) {
        public Form {
            chosen = Set.copyOf(chosen);
        }
    }

    /** The newest cycle of each region; empty if that is not known. */
    Map<String, Cycle> newestCycles() {
        Map<String, Cycle> newest = new LinkedHashMap<>();
        if (cycles != null) {
            cycles.forEach(cycle -> newest.putIfAbsent(cycle.region(), cycle));
        }
        return newest;
    }

    /** Those seen in a region; empty if that is not known. */
    List<Worker> workersOf(String region) {
        return workers == null
                ? List.of()
                : workers.stream().filter(w -> w.region().equals(region)).toList();
    }
}
