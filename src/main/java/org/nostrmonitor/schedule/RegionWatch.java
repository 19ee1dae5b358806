package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.cache.Workers.Worker;

/**
 * Which regions have workers, as this scheduler has seen for itself. Redis forgets workers when it is restarted, and says
 * nothing while it is away: so that nobody is there is believed only when it could be seen, without a gap, for a minute.
 * Thread-safe.
 */
final class RegionWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(30);

    private final Workers workers;
    private final Set<String> home;
    private final InstantSource clock;
    private final Map<String, Instant> lastSeen = new HashMap<>();
    private Set<String> doubting = Set.of();
    private @Nullable Instant watchedSince;
    private @Nullable Instant lastLook;

    /** @param home regions that have a worker in this very process: its own, or none */
    RegionWatch(Workers workers, Set<String> home, InstantSource clock) {
        this.workers = workers;
        this.home = Set.copyOf(home);
        this.clock = clock;
    }

    /** Looks once. Fails if Redis does not answer. */
    Future<Void> observe() {
        return workers.seen().onSuccess(this::saw).onFailure(e -> sawNothing()).mapEmpty();
    }

    private synchronized void saw(List<Worker> seen) {
        Instant now = clock.instant();
        Instant before = lastLook;
        if (watchedSince == null || before == null || before.plus(LONGEST_GAP).isBefore(now)) {
            watchedSince = now;
        }
        lastLook = now;
        seen.forEach(worker -> lastSeen.put(worker.region(), now));
        doubting = doubting(seen);
        lastSeen.values().removeIf(last -> last.plus(PATIENCE).isBefore(now));
    }

    private static Set<String> doubting(List<Worker> seen) {
        Set<String> regions = new TreeSet<>();
        seen.forEach(worker -> regions.add(worker.region()));
        seen.stream().filter(worker -> !worker.doubting()).forEach(worker -> regions.remove(worker.region()));
        return regions;
    }

    private synchronized void sawNothing() {
        watchedSince = null;
    }

    /** The regions of which a worker was seen within a minute. */
    synchronized Set<String> present() {
        Instant now = clock.instant();
        Set<String> present = new TreeSet<>(home);
        lastSeen.forEach((region, last) -> {
            if (!last.plus(PATIENCE).isBefore(now)) {
                present.add(region);
            }
        });
        return present;
    }

    /** Whether every worker there doubts its own network, so that nothing can be found out. */
    synchronized boolean isInDoubt(String region) {
        return doubting.contains(region);
    }

    /** Whether nobody is there: looked for, without a gap, for a minute and up to now. */
    synchronized boolean isAbsent(String region) {
        Instant now = clock.instant();
        Instant since = watchedSince;
        Instant last = lastLook;
        return since != null
                && last != null
                && !since.plus(PATIENCE).isAfter(now)
                && !last.plus(LONGEST_GAP).isBefore(now)
                && !present().contains(region);
    }
}
