package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends cycles that will not be complete. First in PostgreSQL, where only the leader can; then its jobs are dropped from
 * Redis, as soon as that answers.
 */
final class GivingUp {
    private static final Logger log = LoggerFactory.getLogger(GivingUp.class);
    private static final int MOST_LEFT_BEHIND = 8;

    private final CycleRepository cycles;
    private final JobQueue queue;
    private final Map<String, Set<Instant>> toDrop = new ConcurrentHashMap<>();

    GivingUp(CycleRepository cycles, JobQueue queue) {
        this.cycles = cycles;
        this.queue = queue;
    }

    /** Completes when the cycle is missed; its jobs may still be in the queue if Redis is away. */
    Future<Void> giveUp(long term, Cycle cycle, String why) {
        return cycles.miss(term, cycle.cycle(), cycle.region(), why).compose(ended -> {
            if (!ended) {
                return Future.succeededFuture();
            }
            log.warn("Cycle {} of {} is given up: {}", cycle.cycle(), cycle.region(), why);
            remember(cycle);
            return dropLeft(cycle.region()).otherwiseEmpty();
        });
    }

    /** What another leader may have given up, and not come round to dropping. */
    Future<Void> takeOver(String region) {
        return cycles.latest(region, MOST_LEFT_BEHIND).map(latest -> {
            latest.stream().filter(cycle -> cycle.state().equals("missed")).forEach(this::remember);
            return null;
        });
    }

    private void remember(Cycle cycle) {
        toDrop.computeIfAbsent(cycle.region(), region -> ConcurrentHashMap.newKeySet())
                .add(cycle.cycle());
    }

    /** Drops what is still to be dropped. Fails if Redis does not answer; then it is kept in mind. */
    Future<Void> dropLeft(String region) {
        Set<Instant> left = toDrop.getOrDefault(region, Set.of());
        Future<Void> dropped = Future.succeededFuture();
        for (Instant cycle : List.copyOf(left)) {
            dropped = dropped.compose(done -> queue.drop(region, cycle))
                    .onSuccess(jobs -> left.remove(cycle))
                    .mapEmpty();
        }
        return dropped;
    }
}
