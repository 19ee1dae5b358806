package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.schedule.SchedulerLab.CADENCE;
import static org.nostrmonitor.schedule.SchedulerLab.ONE;
import static org.nostrmonitor.schedule.SchedulerLab.TICK;
import static org.nostrmonitor.schedule.SchedulerLab.TWO;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

class PlanningTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final Instant NEXT = TICK.plus(CADENCE);

    private final SchedulerLab lab = new SchedulerLab(BACKENDS);

    @BeforeEach
    void noRegionIsKnown() {
        lab.execute("DELETE FROM regions");
    }

    @Test
    void leavesOutTheLongDeadAndLetsTheNewlyDeadWait() {
        BACKENDS.know(ONE, TWO);
        lab.seen("eu", ONE, 3, TICK.minus(Duration.ofDays(9)), TICK.minus(CADENCE));
        lab.seen("eu", TWO, 3, TICK.minus(CADENCE), TICK.minus(CADENCE));

        await(lab.leader().look());

        List<CheckJob> jobs = lab.claimed("eu");
        assertThat(jobs).extracting(CheckJob::relay).containsExactly(TWO);
        assertThat(jobs.get(0).priority()).isEqualTo(Priority.DEAD);
        assertThat(jobs.get(0).wasUp()).isFalse();
        assertThat(lab.states()).containsExactly(TICK + " eu running 1");
    }

    @Test
    void checksEveryRelayInEveryCycleWithoutABackOff() {
        BACKENDS.know(ONE);
        lab.longestBackOff = Duration.ZERO;
        lab.seen("eu", ONE, 3, TICK.minus(Duration.ofDays(9)), TICK.minusSeconds(60));

        await(lab.leader().look());

        assertThat(lab.claimed("eu")).hasSize(1);
    }

    @Test
    void takesThoseOfAHostInTurnsSoThatEachIsCheckedInTheEnd() {
        lab.urlsPerHost = 3;
        IntStream.range(0, 7).forEach(i -> BACKENDS.know(RelayUrl.of("wss://many.example/" + i)));
        BACKENDS.know(ONE);
        CheckScheduler leader = lab.leader();
        Set<RelayUrl> checked = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Instant tick = TICK.plus(CADENCE.multipliedBy(i));
            lab.look(leader, tick);
            List<CheckJob> jobs = lab.claimed("eu");
            assertThat(jobs).hasSize(4);
            for (CheckJob job : jobs) {
                checked.add(job.relay());
                lab.execute("DELETE FROM relay_current WHERE relay_id = (SELECT id FROM relays WHERE url = '"
                        + job.relay().value() + "')");
                lab.seen("eu", job.relay(), 1, TICK, tick.plusSeconds(5));
            }
            lab.execute("UPDATE cycles SET state = 'complete'");
        }

        assertThat(checked).hasSize(8);
    }

    @Test
    void plansTheSameOfAHostAgainWhenSomeOfThemAreStored() {
        lab.urlsPerHost = 3;
        IntStream.range(0, 7).forEach(i -> BACKENDS.know(RelayUrl.of("wss://many.example/" + i)));
        CheckScheduler leader = lab.leader();
        await(leader.look());
        List<RelayUrl> first = lab.claimed("eu").stream().map(CheckJob::relay).toList();
        lab.store(TICK, "eu", first.get(1));
        lab.seen("eu", first.get(1), 1, TICK, TICK);
        BACKENDS.redis().command(Command.FLUSHALL);

        await(leader.look());

        assertThat(lab.claimed("eu")).extracting(CheckJob::relay).containsExactlyInAnyOrder(first.get(0), first.get(2));
        assertThat(lab.states()).containsExactly(TICK + " eu running 3");
    }

    @Test
    void plansNothingThatWasAddedAfterTheCycleBegan() {
        BACKENDS.know(ONE);
        CheckScheduler leader = lab.leader();
        await(leader.look());
        BACKENDS.know(TWO);
        BACKENDS.redis().command(Command.FLUSHALL);

        await(leader.look());

        assertThat(lab.claimed("eu")).extracting(CheckJob::relay).containsExactly(ONE);
    }

    @Test
    void isNotStoppedByAStoredUrlThatIsNone() {
        BACKENDS.know(ONE, TWO);
        lab.execute("UPDATE relays SET url = 'wss://not a url' WHERE url = '" + ONE.value() + "'");

        await(lab.leader().look());

        assertThat(lab.states()).containsExactly(TICK + " eu running 1");
        assertThat(lab.claimed("eu")).extracting(CheckJob::relay).containsExactly(TWO);
    }

    @Test
    void losesNothingWhenRedisIsEmptiedInTheMiddleOfIt() {
        knowMany(3000);
        List<Integer> pages = new CopyOnWriteArrayList<>();
        CheckScheduler leader = leaderOver(() -> {
            pages.add(1);
            return pages.size() == 2
                    ? BACKENDS.redis().client().send(Request.cmd(Command.FLUSHALL))
                    : Future.succeededFuture();
        });
        await(leader.look());
        assertThat(await(lab.view.progress("eu", TICK)).remaining()).isEqualTo(1000);

        lab.workOff("eu");
        await(leader.look());
        assertThat(lab.states()).containsExactly(TICK + " eu running 3000");
        lab.workOff("eu");
        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 3000");
        assertThat(lab.cycle(TICK).why()).isNull();
        assertThat(lab.faults("eu")).isEmpty();
    }

    @Test
    void stopsAtTheNextPageWhenItLeadsNoMore() {
        knowMany(2500);
        CheckScheduler leader = leaderOver(() -> {
            lab.nanos.addAndGet(lab.lease.toNanos());
            return Future.succeededFuture();
        });

        await(leader.look());

        assertThat(await(lab.view.progress("eu", TICK)).remaining()).isEqualTo(1000);
        assertThat(lab.states()).containsExactly(TICK + " eu planning 0");
    }

    @Test
    void triesAgainWithinSecondsWhenRedisIsBack() {
        BACKENDS.know(ONE);
        FlakyQueue flaky = new FlakyQueue(lab.queue);
        flaky.away = true;
        CheckScheduler leader = lab.scheduler(flaky);
        await(leader.observe());
        await(leader.stand());
        await(leader.look());
        for (int i = 0; i < 100; i++) {
            lab.now = lab.now.plusSeconds(1);
            await(leader.look());
        }
        assertThat(lab.states()).containsExactly(TICK + " eu planning 0");
        flaky.away = false;

        lab.now = lab.now.plusSeconds(5);
        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu running 1");
        assertThat(flaky.calls.get()).as("in 100 s, not every second").isBetween(20, 60);
    }

    @Test
    void missesACycleThatCouldNotBePlannedBeforeTheNextTick() {
        BACKENDS.know(ONE);
        FlakyQueue flaky = new FlakyQueue(lab.queue);
        flaky.away = true;
        CheckScheduler leader = lab.scheduler(flaky);
        await(leader.observe());
        await(leader.stand());
        await(leader.look());

        lab.look(leader, NEXT);
        flaky.away = false;
        lab.look(leader, NEXT.plusSeconds(6));

        assertThat(lab.states()).containsExactly(NEXT + " eu running 1", TICK + " eu missed 0");
        assertThat(lab.cycle(TICK).why()).isEqualTo("it could not be planned: Redis did not answer since 12:00");
        assertThat(lab.claimed("eu")).extracting(CheckJob::cycle).containsExactly(NEXT);
        assertThat(lab.faults("eu")).isEmpty();
    }

    @Test
    @DisplayName("20,000 paths or subdomains of one host")
    void plansTwentyOfTwentyThousandPathsOfAHostAndEveryOtherRelay() {
        await(BACKENDS.relays()
                .add(
                        IntStream.range(0, 20_000)
                                .mapToObj(i -> RelayUrl.of("wss://many.example/" + i))
                                .toList(),
                        "test"));
        knowMany(100);

        await(lab.leader().look());

        assertThat(lab.states()).containsExactly(TICK + " eu running 120");
        List<CheckJob> jobs = lab.claimed("eu");
        assertThat(jobs).hasSize(120);
        assertThat(jobs)
                .filteredOn(job -> job.relay().host().equals("many.example"))
                .hasSize(20);
    }

    private CheckScheduler leaderOver(Supplier<Future<?>> afterEachPage) {
        CheckScheduler leader = lab.scheduler(new FlakyQueue(lab.queue, afterEachPage));
        await(leader.observe());
        await(leader.stand());
        return leader;
    }

    private static void knowMany(int count) {
        await(BACKENDS.relays()
                .add(
                        IntStream.range(0, count)
                                .mapToObj(i -> RelayUrl.of("wss://r" + i + ".example/"))
                                .toList(),
                        "test"));
    }
}
