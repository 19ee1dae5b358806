package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.testing.RealBackends;

class CheckSchedulerTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final RelayUrl ONE = RelayUrl.of("wss://one.example/");
    private static final RelayUrl TWO = RelayUrl.of("wss://two.example/");
    private static final RelayUrl THREE = RelayUrl.of("wss://three.example/");
    private static final Instant TICK = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration CADENCE = Duration.ofMinutes(15);
    private static final Instant BETWEEN_TICKS = TICK.plusSeconds(420);

    private final JobQueue queue = BACKENDS.queue();
    private final QueueView view = BACKENDS.queueView();
    private final CycleRepository cycles = BACKENDS.cycles();
    private Instant now = BETWEEN_TICKS;
    private Set<String> regions = Set.of("eu");
    private final CheckScheduler scheduler = scheduler();

    /** One of the schedulers that share PostgreSQL and Redis. */
    private CheckScheduler scheduler() {
        return new CheckScheduler(
                new CronTicks("*/15 * * * *"),
                new CheckPlan(MonitorConfig.DEFAULT.checks(), "ab".repeat(32), List.of()),
                BACKENDS.relays(),
                cycles,
                queue,
                () -> Future.succeededFuture(regions),
                () -> now);
    }

    @Test
    void beginsACycleAtOnceWhenItStartsForTheFirstTime() {
        BACKENDS.know(ONE, TWO, THREE);
        now = BETWEEN_TICKS.plusMillis(345);

        await(scheduler.resume());

        assertThat(states()).containsExactly(BETWEEN_TICKS + " eu running 3");
        assertThat(claimed("eu")).extracting(CheckJob::relay).containsExactlyInAnyOrder(ONE, TWO, THREE);
        assertThat(await(view.progress("eu", BETWEEN_TICKS))).isEqualTo(new CycleProgress(3, 0, 0, true));
    }

    @Test
    void waitsForTheNextTickWhenItStartsAgainWithinACadence() {
        BACKENDS.know(ONE);
        await(scheduler.resume());
        await(cycles.complete(BETWEEN_TICKS, "eu"));
        now = BETWEEN_TICKS.plus(CADENCE).minusSeconds(1);

        await(scheduler().resume());

        assertThat(states()).containsExactly(BETWEEN_TICKS + " eu complete 1");
    }

    @Test
    void beginsACycleAtOnceAfterItWasAwayForACadence() {
        BACKENDS.know(ONE);
        await(scheduler.resume());
        await(cycles.complete(BETWEEN_TICKS, "eu"));
        now = BETWEEN_TICKS.plus(CADENCE);

        await(scheduler().resume());

        assertThat(states()).containsExactly(now + " eu running 1", BETWEEN_TICKS + " eu complete 1");
    }

    @Test
    void goesOnWithARunningCycleWhenItStartsAgainAndCallsNothingMissed() {
        BACKENDS.know(ONE);
        await(scheduler.tick(TICK));
        now = TICK.plus(CADENCE).plusSeconds(123);

        await(scheduler().resume());

        assertThat(states()).containsExactly(TICK + " eu running 1");
    }

    @Test
    void givesUpACycleOfLongAgoWhenItStartsAgain() {
        BACKENDS.know(ONE);
        await(scheduler.tick(TICK));
        now = TICK.plus(CADENCE.multipliedBy(4)).plusSeconds(123);

        await(scheduler().resume());

        assertThat(states()).containsExactly(now + " eu running 1", TICK + " eu missed 1");
    }

    @Test
    void beginsACycleInARegionThatIsNewWhateverTheOthersDo() {
        BACKENDS.know(ONE);
        await(scheduler.resume());
        regions = Set.of("eu", "us");

        await(scheduler().resume());

        assertThat(states()).containsExactly(BETWEEN_TICKS + " eu running 1", BETWEEN_TICKS + " us running 1");
        assertThat(claimed("us")).hasSize(1);
    }

    @Test
    void completesACycleWithoutRelaysOrWithoutRegions() {
        await(scheduler.tick(TICK));
        regions = Set.of();
        await(scheduler.tick(TICK.plus(CADENCE)));

        assertThat(states()).containsExactly(TICK + " eu running 0");
        assertThat(await(view.progress("eu", TICK)).complete()).isTrue();
    }

    @Test
    void missesATickWhileTheLastCycleIsStillRunning() {
        BACKENDS.know(ONE, TWO);
        await(scheduler.tick(TICK));

        await(scheduler.tick(TICK.plus(CADENCE)));

        assertThat(states()).containsExactly(TICK.plus(CADENCE) + " eu missed 0", TICK + " eu running 2");
        assertThat(newest().why()).isEqualTo("the cycle of " + TICK + " was still running");
        assertThat(claimed("eu")).extracting(CheckJob::cycle).containsExactly(TICK, TICK);
    }

    @Test
    void leavesOutATickThatComesRightAfterTheStart() {
        BACKENDS.know(ONE);
        await(scheduler.resume());

        await(scheduler.tick(TICK.plus(CADENCE)));

        assertThat(states()).containsExactly(BETWEEN_TICKS + " eu running 1");
    }

    @Test
    void doesNotLetOneRegionWaitForAnother() {
        BACKENDS.know(ONE);
        regions = Set.of("eu", "us");
        await(scheduler.tick(TICK));
        await(cycles.complete(TICK, "us"));
        Instant next = TICK.plus(CADENCE);

        await(scheduler.tick(next));

        assertThat(states())
                .containsExactly(
                        next + " eu missed 0", next + " us running 1", TICK + " eu running 1", TICK + " us complete 1");
    }

    @Test
    void givesUpACycleThatHasRunForFourCadences() {
        BACKENDS.know(ONE, TWO);
        Instant third = TICK.plus(CADENCE.multipliedBy(3));
        Instant fourth = TICK.plus(CADENCE.multipliedBy(4));
        await(scheduler.tick(TICK));

        await(scheduler.tick(third));
        await(scheduler.tick(fourth));

        assertThat(states()).containsExactly(fourth + " eu running 2", third + " eu missed 0", TICK + " eu missed 2");
        assertThat(await(cycles.latest(3)).get(2).why()).isEqualTo("2 checks were not made in time");
        assertThat(claimed("eu")).extracting(CheckJob::cycle).containsExactly(fourth, fourth);
        assertThat(await(view.audit("eu")).faults()).isEmpty();
    }

    @Test
    void plansACycleOnceThoughTwoSchedulersTick() {
        BACKENDS.know(ONE, TWO, THREE);

        await(Future.all(scheduler.tick(TICK), scheduler().tick(TICK)));

        assertThat(states()).containsExactly(TICK + " eu running 3");
        assertThat(await(view.counts("eu")).ready()).isEqualTo(3);
        assertThat(await(view.audit("eu")).faults()).isEmpty();
    }

    @Test
    void goesOnWithACycleThatWasBeingPlannedWhenItStopped() {
        BACKENDS.know(ONE, TWO, THREE);
        await(scheduler.tick(TICK));
        List<Lease> claimed = await(queue.claim(new Claim("eu", "worker", 1, 0, CADENCE, Pace.UNLIMITED)));
        await(queue.ack(claimed.get(0)));
        execute("UPDATE cycles SET state = 'planning', planned = 0");

        await(scheduler().resume());

        assertThat(states()).containsExactly(TICK + " eu running 3");
        assertThat(claimed("eu"))
                .extracting(CheckJob::relay)
                .doesNotContain(claimed.get(0).job().relay())
                .hasSize(2);
        assertThat(await(view.audit("eu")).faults()).isEmpty();
    }

    @Test
    void queuesEveryCheckOfARelayThatSomebodyAsksForBeforeEverythingElse() {
        BACKENDS.know(ONE, TWO);
        await(scheduler.tick(TICK));
        now = BETWEEN_TICKS.plusMillis(999);

        assertThat(await(scheduler.checkNow(new CheckRequest("wss://TWO.example", null)))
                        .tickets())
                .hasSize(1);

        CheckJob first = claimed("eu").get(0);
        assertThat(first.relay()).isEqualTo(TWO);
        assertThat(first.priority()).isEqualTo(Priority.ON_DEMAND);
        assertThat(first.checks()).containsExactlyInAnyOrder(CheckType.values());
        assertThat(first.cycle()).isEqualTo(BETWEEN_TICKS);
    }

    @Test
    void queuesARelayThatSomebodyAsksForInAllRegionsOrTheOneTheyName() {
        BACKENDS.know(ONE);
        regions = Set.of("eu", "us");

        assertThat(await(scheduler.checkNow(new CheckRequest("wss://one.example", null)))
                        .tickets())
                .hasSize(2);
        now = now.plusSeconds(1);
        assertThat(await(scheduler.checkNow(new CheckRequest("wss://one.example", "us")))
                        .tickets())
                .hasSize(1);

        assertThat(claimed("eu")).hasSize(1);
        assertThat(claimed("us")).hasSize(2);
    }

    @Test
    void queuesNothingForAnUnknownOrInvalidUrl() {
        BACKENDS.know(ONE);

        assertThat(jobsFor("wss://stranger.example", null)).isZero();
        assertThat(jobsFor("https://one.example", null)).isZero();
        assertThat(jobsFor("", "eu")).isZero();
        regions = Set.of();
        assertThat(jobsFor("wss://one.example", null)).isZero();
        assertThat(await(view.counts("eu")).ready()).isZero();
    }

    private int jobsFor(String url, @Nullable String region) {
        return await(scheduler.checkNow(new CheckRequest(url, region)))
                .tickets()
                .size();
    }

    private List<CheckJob> claimed(String region) {
        return await(queue.claim(new Claim(region, "worker", 100, 0, CADENCE, Pace.UNLIMITED))).stream()
                .map(Lease::job)
                .toList();
    }

    private Cycle newest() {
        return await(cycles.latest(1)).get(0);
    }

    /** Newest first: cycle, region, state, planned. */
    private List<String> states() {
        return await(cycles.latest(50)).stream()
                .map(cycle -> cycle.cycle() + " " + cycle.region() + " " + cycle.state() + " " + cycle.planned())
                .toList();
    }

    private static void execute(String sql) {
        BACKENDS.postgres().execute(sql);
    }
}
