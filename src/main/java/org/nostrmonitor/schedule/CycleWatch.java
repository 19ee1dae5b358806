package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees when a running cycle has no jobs left, ends it once, and says so. Goes on with what was left half planned. */
public final class CycleWatch {
    private static final Logger log = LoggerFactory.getLogger(CycleWatch.class);

    /** Planning is a matter of seconds: after so long its scheduler has died, or failed. Two at it would add nothing. */
    private static final Duration LONGEST_PLANNING = Duration.ofMinutes(1);

    private final CycleRepository cycles;
    private final QueueView queue;
    private final CheckScheduler scheduler;
    private final Bus bus;
    private final InstantSource clock;

    public CycleWatch(CycleRepository cycles, QueueView queue, CheckScheduler scheduler, Bus bus, InstantSource clock) {
        this.cycles = cycles;
        this.queue = queue;
        this.scheduler = scheduler;
        this.bus = bus;
        this.clock = clock;
    }

    /** Looks at every unfinished cycle once. */
    Future<Void> look() {
        return cycles.unfinished().compose(this::lookAt);
    }

    private Future<Void> lookAt(List<Cycle> unfinished) {
        return Future.join(unfinished.stream().map(this::lookAt).toList()).mapEmpty();
    }

    private Future<Void> lookAt(Cycle cycle) {
        return cycle.state().equals("planning") ? lookAtPlanning(cycle) : lookAtRunning(cycle);
    }

    private Future<Void> lookAtPlanning(Cycle cycle) {
        boolean isLeft = cycle.startedAt().plus(LONGEST_PLANNING).isBefore(clock.instant());
        return isLeft ? scheduler.planAgain(cycle) : Future.succeededFuture();
    }

    private Future<Void> lookAtRunning(Cycle cycle) {
        return queue.progress(cycle.region(), cycle.cycle()).compose(progress -> endOrRepair(cycle, progress));
    }

    /** A running cycle was sealed; if the queue does not know that, Redis has lost its data. */
    private Future<Void> endOrRepair(Cycle cycle, CycleProgress progress) {
        if (progress.complete()) {
            return cycles.complete(cycle.cycle(), cycle.region()).compose(ended -> {
                if (ended) {
                    announce(cycle);
                }
                return Future.succeededFuture();
            });
        }
        return progress.sealed() ? Future.succeededFuture() : scheduler.planAgain(cycle);
    }

    private void announce(Cycle cycle) {
        Instant now = clock.instant();
        Duration took = Duration.between(cycle.startedAt(), now);
        log.info(
                "Cycle {} of {} complete: {} relays in {} s",
                cycle.cycle(),
                cycle.region(),
                cycle.planned(),
                took.toSeconds());
        bus.publish(Messages.CYCLE_COMPLETED, new CycleCompleted(cycle.region(), cycle.cycle(), cycle.planned(), now));
    }
}
