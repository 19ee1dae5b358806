package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.CycleRepository.Missed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every tick of a region has its row: begun, or missed with the reason. It looks at what is there, not at
 * when the clock struck, so a tick that passed while nobody looked is found all the same.
 */
final class TickKeeper {
    private static final Logger log = LoggerFactory.getLogger(TickKeeper.class);

    /** A cycle that runs for so many cadences is given up, lest a region that is too slow stop for ever. */
    private static final int LONGEST_RUN = 4;

    private static final int MOST_RECORDED = 96;

    /** Schedulers take over from one another: what one has begun just now may be in the near future of the next. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final CronTicks ticks;
    private final CycleRepository cycles;
    private final QueueView queue;
    private final RegionWatch regions;
    private final Planning planning;
    private final GivingUp givingUp;
    private final Outages outages;
    private final InstantSource clock;

    /** @param outages those of PostgreSQL */
    TickKeeper(
            CronTicks ticks,
            CycleRepository cycles,
            QueueView queue,
            RegionWatch regions,
            Planning planning,
            GivingUp givingUp,
            Outages outages,
            InstantSource clock) {
        this.ticks = ticks;
        this.cycles = cycles;
        this.queue = queue;
        this.regions = regions;
        this.planning = planning;
        this.givingUp = givingUp;
        this.outages = outages;
        this.clock = clock;
    }

    /**
     * Sees to all ticks up to this one, the newest there is. Completes with true once nothing is left to do: its row was
     * there already, or it needs none. What was only just written is looked at again.
     */
    Future<Boolean> keep(long term, String region, Instant tick) {
        return cycles.newest(region, clock.instant().plus(CLOCKS_APART)).compose(newest -> {
            if (newest.isEmpty()) {
                return first(term, region);
            }
            Instant last = newest.get();
            return last.isBefore(tick) ? catchUp(term, region, last, tick) : Future.succeededFuture(true);
        });
    }

    /** The first cycle of a region does not wait for a tick, but for a worker. */
    private Future<Boolean> first(long term, String region) {
        boolean isWanted = regions.present().contains(region);
        return isWanted
                ? begin(term, clock.instant().truncatedTo(ChronoUnit.SECONDS), region)
                : Future.succeededFuture(false);
    }

    private Future<Boolean> catchUp(long term, String region, Instant newest, Instant tick) {
        List<Instant> passed = ticks.between(newest, tick, MOST_RECORDED + 1);
        List<Instant> older = passed.subList(0, Math.max(0, passed.size() - 1));
        return recordOlder(term, region, older)
                .compose(done -> cycles.unfinished(region))
                .compose(unfinished -> regions.isAbsent(region)
                        ? missForWantOfWorkers(term, region, tick, unfinished)
                        : beginUnlessRunning(term, region, tick, unfinished));
    }

    private Future<Void> recordOlder(long term, String region, List<Instant> older) {
        if (older.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant now = clock.instant();
        List<Missed> missed = new ArrayList<>();
        for (Instant tick : older) {
            String why = outages.at(tick)
                    .map(outage -> Words.outage("PostgreSQL", outage, now))
                    .orElse("no scheduler was running");
            missed.add(new Missed(tick, ticks.after(tick), why));
        }
        log.warn("Ticks of {} are missed: {}, the last at {}", region, older.size(), older.get(older.size() - 1));
        return cycles.recordMissed(term, region, missed).mapEmpty();
    }

    private Future<Boolean> missForWantOfWorkers(long term, String region, Instant tick, List<Cycle> unfinished) {
        String why = "no worker in " + region;
        Future<Void> given = Future.succeededFuture();
        for (Cycle cycle : unfinished) {
            given = given.compose(done -> givingUp.giveUp(term, cycle, why));
        }
        return given.compose(done -> miss(term, region, tick, why));
    }

    private Future<Boolean> beginUnlessRunning(long term, String region, Instant tick, List<Cycle> unfinished) {
        if (unfinished.isEmpty()) {
            return begin(term, tick, region);
        }
        Cycle running = unfinished.get(0);
        Duration age = Duration.between(running.cycle(), tick);
        Duration cadence = ticks.cadence(tick);
        if (planning.fault(running).isPresent()) {
            return givingUp.giveUp(term, running, planning.fault(running).orElseThrow())
                    .compose(done -> begin(term, tick, region));
        }
        if (age.compareTo(cadence) < 0) {
            log.info("Cycle {} of {} is left out: that of {} has just begun", tick, region, running.cycle());
            return Future.succeededFuture(true);
        }
        boolean isTooOld = age.compareTo(cadence.multipliedBy(LONGEST_RUN)) >= 0;
        return left(running)
                .compose(left -> isTooOld
                        ? givingUp.giveUp(term, running, notInTime(left) + doubt(region))
                                .compose(done -> begin(term, tick, region))
                        : miss(term, region, tick, stillRunning(running, left) + doubt(region)));
    }

    private Future<Boolean> begin(long term, Instant cycle, String region) {
        return cycles.begin(term, cycle, region, ticks.after(cycle)).map(false);
    }

    private Future<Boolean> miss(long term, String region, Instant tick, String why) {
        log.warn("Cycle {} of {} is missed: {}", tick, region, why);
        return cycles.recordMissed(term, region, List.of(new Missed(tick, ticks.after(tick), why)))
                .map(false);
    }

    /** How many checks of a cycle are left; negative if Redis does not say. */
    private Future<Integer> left(Cycle running) {
        return queue.progress(running.region(), running.cycle())
                .map(progress -> progress.sealed() ? progress.remaining() : -1)
                .otherwise(-1);
    }

    private String doubt(String region) {
        return regions.isInDoubt(region) ? ", since the network of its workers is in doubt" : "";
    }

    private static String notInTime(int left) {
        return left < 0 ? "it was not complete in time" : Words.checks(left) + " were not made in time";
    }

    /** The running cycle goes on, so that the relays at its end get their turn. */
    private String stillRunning(Cycle running, int left) {
        String cycle = "the cycle of " + Words.time(running.cycle(), clock.instant());
        if (running.state().equals("planning")) {
            return cycle + " was still being planned";
        }
        String far = left < 0 ? "" : ": " + Words.number(left) + " of " + Words.checks(running.planned()) + " left";
        return cycle + " was still running" + far;
    }
}
