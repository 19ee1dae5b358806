package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.CycleRequest;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * Plans the cycles: one job per relay whose turn it is, in each region, at every tick, and never more than one cycle of a
 * region at a time. Of several schedulers one leads, and only that one does anything but answer requests for a check.
 *
 * <p>The leader looks at each region every second: is there a row for every tick that passed, are the jobs of what was begun
 * in the queue, is what runs complete? What it finds missing it makes good. So nothing depends on having been there at the
 * right moment, and going on after a crash is the usual way.
 */
public final class CheckScheduler {
    private static final Duration REGIONS_KNOWN_FOR = Duration.ofSeconds(10);

    private final CronTicks ticks;
    private final CycleRepository cycles;
    private final InstantSource clock;
    private final LeaderElection election;
    private final RegionWatch regions;
    private final GivingUp givingUp;
    private final Planning planning;
    private final TickKeeper keeper;
    private final CycleWatch watch;
    private final OnDemand onDemand;
    private final EarlyCycles earlyCycles;
    private final SaidOnce said = new SaidOnce();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private volatile Memory memory = new Memory(0);

    public CheckScheduler(ScheduleSettings settings, ScheduleStores stores, InstantSource clock) {
        this(settings, stores, clock, System::nanoTime);
    }

    /** @param nanoTime the monotonic clock that the lease is measured by */
    CheckScheduler(ScheduleSettings settings, ScheduleStores stores, InstantSource clock, LongSupplier nanoTime) {
        RandomGenerator random = new Random();
        this.ticks = settings.ticks();
        this.cycles = stores.cycles();
        this.clock = clock;
        this.election = new LeaderElection(stores.leadership(), settings.holder(), settings.lease(), clock, nanoTime);
        this.regions = new RegionWatch(stores.workers(), settings.home(), clock);
        CyclePlanner planner =
                new CyclePlanner(stores.relays(), cycles, stores.queue(), settings.plan(), ticks, election);
        this.givingUp = new GivingUp(cycles, stores.queue());
        this.planning = new Planning(planner, clock, random);
        this.keeper = new TickKeeper(
                ticks, cycles, stores.queueView(), regions, planning, givingUp, election.outages(), clock);
        this.watch = new CycleWatch(
                cycles, stores.queue(), stores.queueView(), planner, stores.recent(), stores.bus(), clock, random);
        this.onDemand = new OnDemand(ticks, settings.plan(), stores.relays(), stores.queue(), regions, clock);
        this.earlyCycles = new EarlyCycles(ticks, cycles, clock);
    }

    /** What the leader has seen to in its term. */
    private static final class Memory {
        final long term;
        final Map<String, Instant> kept = new ConcurrentHashMap<>();
        final Set<String> takenOver = ConcurrentHashMap.newKeySet();
        volatile Set<String> known = Set.of();
        volatile Instant knownUntil = Instant.MIN;

        Memory(long term) {
            this.term = term;
        }
    }

    /** When the next tick is. */
    public Instant nextTick() {
        return ticks.after(clock.instant());
    }

    /** Whether this scheduler leads, as far as it knows. */
    public boolean leads() {
        return election.term().isPresent();
    }

    /** Takes the lead or keeps it, if possible. Completes when PostgreSQL has decided, or could not be asked. */
    Future<Void> stand() {
        return seeTo("who leads", election.stand());
    }

    /** Gives the lead up for good. Completes when PostgreSQL knows, or could not be told. */
    Future<Void> resign() {
        return election.resign().otherwiseEmpty();
    }

    /** Looks which regions have workers. Leading or not: a scheduler that takes over should know. */
    Future<Void> observe() {
        return seeTo("who is at work", regions.observe());
    }

    /** Puts one relay into the queues of one or all regions that have workers, before everything else. */
    Future<CheckRequested> checkNow(CheckRequest request) {
        return onDemand.check(request);
    }

    /** Begins a cycle in one or all regions that have workers and no cycle that runs, if we lead. */
    Future<CycleRequested> cycleNow(CycleRequest request) {
        return earlyCycles.begin(request, election.term(), regions.present());
    }

    /**
     * Looks at every region once, if we lead. Completes when what was to be done is done. What fails is logged and done the
     * next time; a region that is still being looked at is left alone.
     */
    Future<Void> look() {
        OptionalLong leads = election.term();
        if (leads.isEmpty()) {
            return Future.succeededFuture();
        }
        Memory now = memoryOf(leads.getAsLong());
        return seeTo("the regions", expected(now).compose(names -> lookAt(now, names)));
    }

    private synchronized Memory memoryOf(long term) {
        if (memory.term != term) {
            memory = new Memory(term);
            planning.forget();
            watch.forget();
        }
        return memory;
    }

    /** Where workers are, and where cycles are expected. */
    private Future<Set<String>> expected(Memory now) {
        Instant at = clock.instant();
        Future<Set<String>> known = at.isBefore(now.knownUntil)
                ? Future.succeededFuture(now.known)
                : cycles.regions(at).onSuccess(names -> {
                    now.known = names;
                    now.knownUntil = at.plus(REGIONS_KNOWN_FOR);
                });
        return known.map(names -> {
            Set<String> all = new TreeSet<>(names);
            all.addAll(regions.present());
            return all;
        });
    }

    private Future<Void> lookAt(Memory now, Set<String> names) {
        List<Future<Void>> looks = names.stream()
                .filter(underWay::add)
                .map(region -> seeTo("the cycles of " + region, lookAt(now, region))
                        .eventually(() -> {
                            underWay.remove(region);
                            return Future.succeededFuture();
                        }))
                .toList();
        return Future.join(looks).mapEmpty();
    }

    /** What has ended is ended before ticks are looked at: it is not to be taken for running. */
    private Future<Void> lookAt(Memory now, String region) {
        return takeOver(now, region)
                .compose(done -> seeTo("the dropping of jobs in " + region, givingUp.dropLeft(region)))
                .compose(done -> cycles.unfinished(region))
                .compose(unfinished -> seeTo("the running cycle of " + region, watchRunning(now.term, unfinished)))
                .compose(done -> keepTicks(now, region))
                .compose(done -> cycles.unfinished(region))
                .compose(unfinished -> planBegun(now.term, unfinished));
    }

    private Future<Void> takeOver(Memory now, String region) {
        return now.takenOver.contains(region)
                ? Future.succeededFuture()
                : givingUp.takeOver(region).onSuccess(done -> now.takenOver.add(region));
    }

    private Future<Void> keepTicks(Memory now, String region) {
        Instant tick = ticks.upTo(clock.instant());
        if (tick.equals(now.kept.get(region))) {
            return Future.succeededFuture();
        }
        return keeper.keep(now.term, region, tick)
                .onSuccess(isKept -> {
                    if (isKept) {
                        now.kept.put(region, tick);
                    }
                })
                .mapEmpty();
    }

    private Future<Void> watchRunning(long term, List<Cycle> unfinished) {
        Future<Void> watched = Future.succeededFuture();
        for (Cycle cycle : unfinished) {
            if (cycle.state().equals("running")) {
                watched = watched.compose(done -> watch.look(term, cycle));
            }
        }
        return watched;
    }

    private Future<Void> planBegun(long term, List<Cycle> unfinished) {
        Future<Void> planned = Future.succeededFuture();
        for (Cycle cycle : unfinished) {
            if (cycle.state().equals("planning")) {
                planned = planned.compose(done -> planning.plan(term, cycle));
            }
        }
        return planned;
    }

    /** Says once that it fails, and once that it is over. That another leads is no fault. */
    private Future<Void> seeTo(String what, Future<Void> work) {
        return work.onSuccess(done -> said.worked(what)).recover(fault -> {
            if (!(fault instanceof NotLeading)) {
                said.failed(what, fault);
            }
            return Future.succeededFuture();
        });
    }
}
