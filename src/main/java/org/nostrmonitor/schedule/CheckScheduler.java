package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.RelayRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the cycles: one job per enabled relay and region at every tick, and never more than one cycle at a time. */
public final class CheckScheduler {
    private static final Logger log = LoggerFactory.getLogger(CheckScheduler.class);

    /** A cycle that runs for longer than so many cadences is given up, lest a region without workers stop for ever. */
    private static final int LONGEST_RUN = 4;

    private final CronTicks ticks;
    private final CheckPlan plan;
    private final CyclePlanner planner;
    private final RelayRepository relays;
    private final CycleRepository cycles;
    private final JobQueue queue;
    private final Supplier<Future<Set<String>>> regions;
    private final InstantSource clock;

    /** @param regions the regions that there is somebody to check from */
    public CheckScheduler(
            CronTicks ticks,
            CheckPlan plan,
            RelayRepository relays,
            CycleRepository cycles,
            JobQueue queue,
            Supplier<Future<Set<String>>> regions,
            InstantSource clock) {
        this.ticks = ticks;
        this.plan = plan;
        this.planner = new CyclePlanner(relays, cycles, queue, plan);
        this.relays = relays;
        this.cycles = cycles;
        this.queue = queue;
        this.regions = regions;
        this.clock = clock;
    }

    /** When the next tick is. */
    public Instant nextTick() {
        return ticks.after(clock.instant());
    }

    /**
     * Goes on after a start: what was being planned is planned again; a cycle is begun at once unless one began within the
     * last cadence, or still runs. Completes when the jobs are in the queue.
     */
    Future<Void> resume() {
        return cycles.unfinished()
                .compose(this::planAgain)
                .compose(done -> regions.get())
                .compose(all -> forEach(all, this::beginUnlessRecent));
    }

    /** Begins the cycle of a tick in every region. Completes when the jobs are in the queue. */
    Future<Void> tick(Instant cycle) {
        return regions.get().compose(all -> forEach(all, region -> beginUnlessRunning(cycle, region)));
    }

    /** Puts one relay into the queues of one or all regions, before everything else. */
    Future<CheckRequested> checkNow(CheckRequest request) {
        RelayUrl relay;
        try {
            relay = RelayUrl.parse(request.url());
        } catch (InvalidRelayUrl e) {
            return Future.succeededFuture(new CheckRequested(false, List.of()));
        }
        String only = request.region();
        return (only == null ? regions.get() : Future.succeededFuture(Set.of(only)))
                .compose(all -> enqueue(relay, List.copyOf(all)));
    }

    private Future<CheckRequested> enqueue(RelayUrl relay, List<String> all) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (all.isEmpty()) {
            return Future.succeededFuture(new CheckRequested(true, List.of()));
        }
        return relays.find(relay, all.get(0)).compose(known -> {
            if (known == null) {
                return Future.succeededFuture(new CheckRequested(false, List.of()));
            }
            List<Future<Integer>> planned = all.stream()
                    .map(region -> queue.plan(List.of(plan.onDemand(relay, region, now))))
                    .toList();
            return Future.join(planned)
                    .map(done -> new CheckRequested(
                            true,
                            all.stream().map(region -> new Ticket(region, now)).toList()));
        });
    }

    /** Queues again all jobs of a cycle; those that were done meanwhile change nothing when they are stored. */
    Future<Void> planAgain(Cycle cycle) {
        return planner.plan(cycle.cycle(), cycle.region())
                .onSuccess(jobs -> log.info("Cycle {} of {} goes on: {} jobs", cycle.cycle(), cycle.region(), jobs))
                .mapEmpty();
    }

    private Future<Void> planAgain(List<Cycle> unfinished) {
        List<Future<Void>> planned = new ArrayList<>();
        for (Cycle cycle : unfinished) {
            if (cycle.state().equals("planning")) {
                planned.add(planAgain(cycle));
            }
        }
        return Future.join(planned).mapEmpty();
    }

    /** A start is no tick: while a cycle goes on, nothing is missed. */
    private Future<Void> beginUnlessRecent(String region) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Duration cadence = ticks.cadence(now);
        Instant recent = now.minus(cadence);
        Instant tooLongAgo = now.minus(cadence.multipliedBy(LONGEST_RUN));
        return newestOf(region).compose(newest -> {
            boolean isCovered = newest.stream()
                    .anyMatch(cycle -> cycle.cycle().isAfter(cycle.state().equals("running") ? tooLongAgo : recent));
            return isCovered ? Future.succeededFuture() : beginUnlessRunning(now, region);
        });
    }

    private Future<Void> beginUnlessRunning(Instant cycle, String region) {
        return cycles.unfinished().compose(unfinished -> {
            List<Cycle> running = unfinished.stream()
                    .filter(other ->
                            other.region().equals(region) && !other.cycle().equals(cycle))
                    .toList();
            return running.isEmpty() ? begin(cycle, region) : skipOrGiveUp(cycle, region, running.get(0));
        });
    }

    private Future<Void> begin(Instant cycle, String region) {
        Instant deadline = ticks.after(cycle);
        return cycles.begin(cycle, region, deadline).compose(isNew -> {
            if (!isNew) {
                return Future.succeededFuture();
            }
            return planner.plan(cycle, region)
                    .onSuccess(jobs -> log.info("Cycle {} of {} planned: {} relays", cycle, region, jobs))
                    .mapEmpty();
        });
    }

    /** The running cycle goes on, so that the relays at its end get their turn; the tick is missed. */
    private Future<Void> skipOrGiveUp(Instant cycle, String region, Cycle running) {
        Duration cadence = ticks.cadence(cycle);
        Duration age = Duration.between(running.cycle(), cycle);
        if (age.compareTo(cadence) < 0) {
            log.info("Cycle {} of {} is left out: that of {} has just begun", cycle, region, running.cycle());
            return Future.succeededFuture();
        }
        if (age.compareTo(cadence.multipliedBy(LONGEST_RUN)) >= 0) {
            return giveUp(running).compose(done -> begin(cycle, region));
        }
        String why = "the cycle of " + running.cycle() + " was still running";
        log.warn("Cycle {} of {} is missed: {}", cycle, region, why);
        return cycles.begin(cycle, region, ticks.after(cycle))
                .compose(isNew -> cycles.miss(cycle, region, why))
                .mapEmpty();
    }

    private Future<Void> giveUp(Cycle running) {
        return queue.drop(running.region(), running.cycle())
                .compose(left -> cycles.miss(running.cycle(), running.region(), left + " checks were not made in time"))
                .onSuccess(ended -> log.warn("Cycle {} of {} is given up", running.cycle(), running.region()))
                .mapEmpty();
    }

    private Future<List<Cycle>> newestOf(String region) {
        return cycles.latest(50)
                .map(all -> all.stream()
                        .filter(cycle -> cycle.region().equals(region))
                        .toList());
    }

    private static Future<Void> forEach(Set<String> regions, java.util.function.Function<String, Future<Void>> step) {
        return Future.join(regions.stream().map(step).toList()).mapEmpty();
    }
}
