package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when a running cycle has no jobs left. The queue tells in O(1); before the cycle ends, its results are counted in
 * PostgreSQL, and what is planned but neither stored nor dead is planned again. Ends each cycle once, and says so once.
 */
final class CycleWatch {
    private static final Logger log = LoggerFactory.getLogger(CycleWatch.class);

    /** So often is looked for what is missing when the queue has no more; a relay that is gone will stay missing. */
    private static final int MOST_REPAIRS = 3;

    private final CycleRepository cycles;
    private final JobQueue jobs;
    private final QueueView queue;
    private final CyclePlanner planner;
    private final RecentResults recent;
    private final Bus bus;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Run> byRegion = new ConcurrentHashMap<>();

    CycleWatch(
            CycleRepository cycles,
            JobQueue jobs,
            QueueView queue,
            CyclePlanner planner,
            RecentResults recent,
            Bus bus,
            InstantSource clock,
            RandomGenerator random) {
        this.cycles = cycles;
        this.jobs = jobs;
        this.queue = queue;
        this.planner = planner;
        this.recent = recent;
        this.bus = bus;
        this.clock = clock;
        this.random = random;
    }

    /** What this scheduler has done about a cycle. Another that takes over begins anew, which does no harm. */
    private static final class Run {
        final Instant cycle;
        final CycleFigures figures;
        final Retries whileLost;
        int repairs;
        boolean repairedAtDeadline;

        Run(Instant cycle, CycleFigures figures, Retries whileLost) {
            this.cycle = cycle;
            this.figures = figures;
            this.whileLost = whileLost;
        }
    }

    /** Looks at a running cycle once. Completes when what is to be done about it is done; fails if Redis is away. */
    Future<Void> look(long term, Cycle cycle) {
        Run run = run(cycle);
        return queue.progress(cycle.region(), cycle.cycle()).compose(progress -> {
            Instant now = clock.instant();
            run.figures.saw(cycle, progress, now);
            if (progress.complete()) {
                return settle(term, cycle, run, progress);
            }
            if (!progress.sealed()) {
                return planWhatRedisLost(term, cycle, run, now);
            }
            run.whileLost.worked();
            boolean isLate = !now.isBefore(cycle.deadline()) && !run.repairedAtDeadline;
            return isLate ? repairAtDeadline(term, cycle, run) : Future.succeededFuture();
        });
    }

    private Run run(Cycle cycle) {
        return byRegion.compute(
                cycle.region(),
                (region, known) -> known != null && known.cycle.equals(cycle.cycle())
                        ? known
                        : new Run(cycle.cycle(), new CycleFigures(recent), new Retries(random)));
    }

    /** A running cycle was sealed; the queue does not know that any more. */
    private Future<Void> planWhatRedisLost(long term, Cycle cycle, Run run, Instant now) {
        if (!run.whileLost.mayTry(now)) {
            return Future.succeededFuture();
        }
        run.whileLost.failed(now);
        return planner.plan(term, cycle.cycle(), cycle.region())
                .onSuccess(planned -> log.warn(
                        "Redis had lost cycle {} of {}: {} planned again",
                        cycle.cycle(),
                        cycle.region(),
                        Words.checks(planned.added())))
                .mapEmpty();
    }

    private Future<Void> repairAtDeadline(long term, Cycle cycle, Run run) {
        return planner.plan(term, cycle.cycle(), cycle.region())
                .onSuccess(planned -> run.repairedAtDeadline = true)
                .mapEmpty();
    }

    /** The queue has no more. Workers acknowledge after their commit, so what is not stored now will not be. */
    private Future<Void> settle(long term, Cycle cycle, Run run, CycleProgress progress) {
        return cycles.stored(cycle.cycle(), cycle.region()).compose(stored -> {
            int missing = cycle.planned() - stored - progress.dead();
            return missing > 0 && run.repairs < MOST_REPAIRS
                    ? repair(term, cycle, run, progress, missing)
                    : end(term, cycle, progress.dead(), missing);
        });
    }

    private Future<Void> repair(long term, Cycle cycle, Run run, CycleProgress progress, int missing) {
        return planner.plan(term, cycle.cycle(), cycle.region()).compose(planned -> {
            run.repairs++;
            if (planned.added() > 0) {
                log.warn(
                        "Cycle {} of {} had no result of {}: {} planned again",
                        cycle.cycle(),
                        cycle.region(),
                        Words.checks(missing),
                        planned.added());
                return Future.succeededFuture();
            }
            return planned.open() > progress.dead()
                    ? planWhatPostgresLost(term, cycle)
                    : end(term, cycle, progress.dead(), missing);
        });
    }

    /** The queue takes them for done, so it has to forget the cycle first; dead letters get another chance with it. */
    private Future<Void> planWhatPostgresLost(long term, Cycle cycle) {
        return jobs.drop(cycle.region(), cycle.cycle())
                .compose(dropped -> planner.plan(term, cycle.cycle(), cycle.region()))
                .onSuccess(planned -> log.warn(
                        "Results of cycle {} of {} were lost: {} planned again",
                        cycle.cycle(),
                        cycle.region(),
                        Words.checks(planned.added())))
                .mapEmpty();
    }

    private Future<Void> end(long term, Cycle cycle, int dead, int missing) {
        return cycles.complete(term, cycle.cycle(), cycle.region(), why(dead, missing))
                .compose(ended -> {
                    if (ended) {
                        byRegion.remove(cycle.region());
                        announce(cycle);
                    }
                    return Future.succeededFuture();
                });
    }

    /** What is not as planned, or null. */
    private static @Nullable String why(int dead, int missing) {
        String letters =
                dead == 0 ? "" : Words.checks(dead) + (dead == 1 ? " became a dead letter" : " became dead letters");
        String none = missing <= 0 ? "" : Words.checks(missing) + (missing == 1 ? " has no result" : " have no result");
        String both = letters.isEmpty() || none.isEmpty() ? letters + none : letters + ", " + none;
        return both.isEmpty() ? null : both;
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

    /** Another term, another count. */
    void forget() {
        byRegion.clear();
    }
}
