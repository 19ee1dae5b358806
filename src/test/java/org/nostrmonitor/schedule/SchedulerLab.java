package org.nostrmonitor.schedule;

import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.PgLeadership;
import org.nostrmonitor.testing.RealBackends;
import org.nostrmonitor.testing.RememberedFigures;

/** Schedulers over real databases, with a clock that is set by hand, and workers that are said to be there. */
final class SchedulerLab {
    static final Instant TICK = Instant.parse("2026-11-22T12:00:00Z");
    static final Duration CADENCE = Duration.ofMinutes(15);
    static final RelayUrl ONE = RelayUrl.of("wss://one.example/");
    static final RelayUrl TWO = RelayUrl.of("wss://two.example/");
    static final RelayUrl THREE = RelayUrl.of("wss://three.example/");
    private static final AtomicInteger COUNT = new AtomicInteger();

    final RealBackends backends;
    final JobQueue queue;
    final QueueView view;
    final CycleRepository cycles;
    final ScriptedWorkers workers = new ScriptedWorkers();
    final RememberedFigures figures = new RememberedFigures();
    volatile Instant now = TICK;
    final AtomicLong nanos = new AtomicLong();
    Duration lease = Duration.ofMinutes(1);
    Duration longestBackOff = Duration.ofHours(6);
    int urlsPerHost = 20;
    volatile int dead;

    SchedulerLab(RealBackends backends) {
        this.backends = backends;
        this.queue = backends.queue();
        this.view = backends.queueView();
        this.cycles = backends.cycles();
    }

    /** One of the schedulers that share PostgreSQL and Redis. It has not stood for the lead yet. */
    CheckScheduler scheduler() {
        return scheduler(queue);
    }

    CheckScheduler scheduler(JobQueue over) {
        CheckPlan plan = new CheckPlan(
                MonitorConfig.DEFAULT.checks(),
                new BackOff(longestBackOff),
                urlsPerHost,
                SigningKeys.of("ab".repeat(32)),
                List.of());
        ScheduleSettings settings = new ScheduleSettings(
                new CronTicks("*/15 * * * *"), plan, Set.of(), "scheduler " + COUNT.incrementAndGet(), lease);
        ScheduleStores stores = new ScheduleStores(
                new PgLeadership(backends.database()),
                backends.relays(),
                cycles,
                over,
                new ViewWithDeadLetters(view, () -> dead),
                workers,
                figures,
                backends.bus());
        return new CheckScheduler(settings, stores, () -> now, nanos::get);
    }

    /** One that leads. */
    CheckScheduler leader() {
        CheckScheduler scheduler = scheduler();
        await(scheduler.observe());
        await(scheduler.stand());
        return scheduler;
    }

    /** A later look of the leader, having seen who is at work on the way. */
    void look(CheckScheduler scheduler, Instant at) {
        now = at;
        await(scheduler.observe());
        await(scheduler.look());
    }

    /** Nobody is at work, and has not been for long enough to believe it. */
    void everybodyLeaves(CheckScheduler scheduler) {
        workers.regions = Set.of();
        for (int i = 0; i < 14; i++) {
            now = now.plusSeconds(5);
            await(scheduler.observe());
        }
    }

    List<Lease> claim(String region) {
        return await(queue.claim(new Claim(region, "worker", 500, 0, CADENCE, Pace.UNLIMITED)));
    }

    List<CheckJob> claimed(String region) {
        return claim(region).stream().map(Lease::job).toList();
    }

    /** Makes all checks that wait in a region, as a worker would: stores, then acknowledges. */
    void workOff(String region) {
        List<Lease> leases = claim(region);
        while (!leases.isEmpty()) {
            RelayUrl[] relays =
                    leases.stream().map(lease -> lease.job().relay()).toArray(RelayUrl[]::new);
            store(leases.get(0).job().cycle(), region, relays);
            await(Future.all(leases.stream().map(queue::ack).toList()));
            leases = claim(region);
        }
    }

    /** A result of a cycle. */
    void store(Instant cycle, String region, RelayUrl... relays) {
        String urls = String.join(
                ", ", Arrays.stream(relays).map(url -> "'" + url.value() + "'").toList());
        backends.postgres().execute("""
                CREATE TABLE IF NOT EXISTS relay_results_all PARTITION OF relay_results DEFAULT;
                INSERT INTO relay_results (relay_id, region, state, cycle, checked_at)
                SELECT r.id, g.id, 1, '%1$s', '%1$s' FROM relays r, regions g
                WHERE g.name = '%2$s' AND r.url IN (%3$s)""".formatted(cycle, region, urls));
    }

    /** What the region last saw of a relay. */
    void seen(String region, RelayUrl relay, int state, Instant since, Instant lastCycle) {
        backends.postgres().execute("""
                INSERT INTO regions (name) SELECT '%1$s' WHERE NOT EXISTS (SELECT 1 FROM regions WHERE name = '%1$s');
                INSERT INTO relay_current (relay_id, region, state, since, cycle, checked_at, report)
                SELECT r.id, g.id, %3$d, '%4$s', '%5$s', '%5$s', '{}' FROM relays r, regions g
                WHERE g.name = '%1$s' AND r.url = '%2$s'
                """.formatted(region, relay.value(), state, since, lastCycle));
    }

    /** Newest first: cycle, region, state, planned. */
    List<String> states() {
        return await(cycles.latest(200)).stream()
                .map(cycle -> cycle.cycle() + " " + cycle.region() + " " + cycle.state() + " " + cycle.planned())
                .toList();
    }

    Cycle cycle(Instant cycle) {
        return await(cycles.latest(200)).stream()
                .filter(row -> row.cycle().equals(cycle))
                .findFirst()
                .orElseThrow();
    }

    List<String> faults(String region) {
        return await(view.audit(region)).faults();
    }

    void execute(String sql) {
        backends.postgres().execute(sql);
    }
}
