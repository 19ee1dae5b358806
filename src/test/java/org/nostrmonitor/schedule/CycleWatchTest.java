package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.schedule.SchedulerLab.CADENCE;
import static org.nostrmonitor.schedule.SchedulerLab.ONE;
import static org.nostrmonitor.schedule.SchedulerLab.TICK;
import static org.nostrmonitor.schedule.SchedulerLab.TWO;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.LostJobs;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

class CycleWatchTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final CycleCompleted NO_MORE = new CycleCompleted("nowhere", TICK, 0, TICK);

    private final SchedulerLab lab = new SchedulerLab(BACKENDS);
    private final LinkedBlockingQueue<CycleCompleted> heard = new LinkedBlockingQueue<>();
    private final MessageConsumer<CycleCompleted> ear = BACKENDS.bus().subscribe(Messages.CYCLE_COMPLETED, heard::add);
    private CheckScheduler leader = lab.scheduler();

    @BeforeEach
    void aCycleRuns() {
        await(ear.completion());
        lab.execute("DELETE FROM regions");
        BACKENDS.know(ONE, TWO);
        leader = lab.leader();
        await(leader.look());
    }

    @AfterEach
    void hearsNoMore() {
        await(ear.unregister());
    }

    @Test
    void endsACycleOnceAndSaysSoOnceThoughTwoLook() throws Exception {
        lab.workOff("eu");

        await(Future.all(leader.look(), leader.look()));
        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 2");
        assertThat(lab.cycle(TICK).why()).isNull();
        assertThat(heard()).containsExactly(new CycleCompleted("eu", TICK, 2, TICK));
    }

    @Test
    void leavesACycleAloneWhileAJobIsLeft() throws Exception {
        await(lab.queue.ack(lab.claim("eu").get(0)));

        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        assertThat(await(lab.view.counts("eu")).leased()).isEqualTo(1);
        assertThat(heard()).isEmpty();
    }

    @Test
    void endsACycleWithWhatBecameDeadLettersAndSaysHowMany() throws Exception {
        List<Lease> leases = lab.claim("eu");
        leases.forEach(lease -> await(lab.queue.bury(lease, "it would not go")));
        lab.dead = 2;

        await(leader.look());

        assertThat(lab.cycle(TICK).state()).isEqualTo("complete");
        assertThat(lab.cycle(TICK).why()).isEqualTo("2 checks became dead letters");
        assertThat(heard()).hasSize(1);
    }

    @Test
    void plansAgainWhatRedisHasForgottenAndNothingThatIsStored() {
        Lease done = lab.claim("eu").get(0);
        lab.store(TICK, "eu", done.job().relay());
        await(lab.queue.ack(done));
        BACKENDS.redis().command(Command.FLUSHALL);

        await(leader.look());

        assertThat(lab.claimed("eu"))
                .extracting(CheckJob::relay)
                .hasSize(1)
                .doesNotContain(done.job().relay());
        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
    }

    @Test
    void findsWhatWasLostThoughTheQueueCallsTheCycleComplete() throws Exception {
        BACKENDS.redis().command(Command.FLUSHALL);
        await(lab.queue.seal("eu", TICK));
        assertThat(await(lab.view.progress("eu", TICK)).complete()).isTrue();

        await(leader.look());

        assertThat(await(lab.view.progress("eu", TICK))).isEqualTo(new CycleProgress(2, 0, 0, true));
        assertThat(heard()).isEmpty();
        lab.workOff("eu");
        await(leader.look());
        assertThat(lab.states()).containsExactly(TICK + " eu complete 2");
        assertThat(heard()).hasSize(1);
    }

    @Test
    void makesAgainACheckWhoseResultWasLostAfterItWasAcknowledged() {
        lab.claim("eu").forEach(lease -> await(lab.queue.ack(lease)));
        lab.store(TICK, "eu", ONE);

        await(leader.look());
        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        lab.workOff("eu");
        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 2");
        assertThat(lab.cycle(TICK).why()).isNull();
    }

    @Test
    void doesNotWaitForARelayThatWasRemovedMeanwhile() {
        lab.claim("eu").forEach(lease -> await(lab.queue.ack(lease)));
        lab.store(TICK, "eu", ONE);
        lab.execute("DELETE FROM relays WHERE url = '" + TWO.value() + "'");

        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 2");
        assertThat(lab.cycle(TICK).why()).isEqualTo("1 check has no result");
    }

    @Test
    void triesThreeTimesAndThenEndsIt() {
        for (int i = 0; i < 3; i++) {
            lab.claim("eu").forEach(lease -> await(lab.queue.ack(lease)));
            await(leader.look());
            assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        }
        lab.claim("eu").forEach(lease -> await(lab.queue.ack(lease)));

        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 2");
        assertThat(lab.cycle(TICK).why()).isEqualTo("2 checks have no result");
    }

    @Test
    void repairsOnceAtItsDeadline() {
        lab.claim("eu");
        LostJobs.lose(BACKENDS.redis(), "eu", TICK, ONE);
        await(leader.look());
        assertThat(await(lab.view.progress("eu", TICK)).remaining()).isEqualTo(1);

        lab.look(leader, TICK.plus(CADENCE));

        assertThat(lab.claimed("eu")).extracting(CheckJob::relay).containsExactly(ONE);
    }

    @Test
    void goesOnWhereItWasWhenRedisComesBack() throws Exception {
        lab.workOff("eu");
        BACKENDS.redis().freeze();
        try {
            await(leader.look());
            assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        } finally {
            BACKENDS.redis().thaw();
        }

        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 2");
    }

    @Test
    void showsHowFarItIsAndHowLongItWillTake() {
        for (int i = 0; i < 98; i++) {
            BACKENDS.know(RelayUrl.of("wss://r" + i + ".example/"));
        }
        Instant next = TICK.plus(CADENCE);
        lab.workOff("eu");
        await(leader.look());
        lab.look(leader, next);
        List<Lease> leases = lab.claim("eu");
        for (int second = 1; second <= 21; second++) {
            await(lab.queue.ack(leases.get(2 * second)));
            await(lab.queue.ack(leases.get(2 * second + 1)));
            lab.now = next.plusSeconds(second);
            await(leader.look());
        }

        JsonObject figures = Objects.requireNonNull(lab.figures.figures.get("cycle.eu"));
        assertThat(figures.getString("cycle")).isEqualTo(next.toString());
        assertThat(figures.getInteger("planned")).isEqualTo(100);
        assertThat(figures.getInteger("remaining")).isEqualTo(58);
        assertThat(figures.getInteger("done")).isEqualTo(42);
        assertThat(figures.getInteger("dead")).isZero();
        assertThat(figures.getDouble("perSecond")).isEqualTo(2.0);
        assertThat(figures.getLong("leftSeconds")).isEqualTo(29);
    }

    /** All that was said up to now: the bus keeps the order. */
    private List<CycleCompleted> heard() throws InterruptedException {
        BACKENDS.bus().publish(Messages.CYCLE_COMPLETED, NO_MORE);
        List<CycleCompleted> all = new ArrayList<>();
        CycleCompleted next = heard.poll(10, TimeUnit.SECONDS);
        while (next != null && !next.equals(NO_MORE)) {
            all.add(next);
            next = heard.poll(10, TimeUnit.SECONDS);
        }
        return all;
    }
}
