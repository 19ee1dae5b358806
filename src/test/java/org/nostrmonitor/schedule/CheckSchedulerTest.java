package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.schedule.SchedulerLab.CADENCE;
import static org.nostrmonitor.schedule.SchedulerLab.ONE;
import static org.nostrmonitor.schedule.SchedulerLab.THREE;
import static org.nostrmonitor.schedule.SchedulerLab.TICK;
import static org.nostrmonitor.schedule.SchedulerLab.TWO;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.testing.RealBackends;

class CheckSchedulerTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final Instant NEXT = TICK.plus(CADENCE);
    private static final Instant BETWEEN_TICKS = TICK.plusSeconds(420);

    private final SchedulerLab lab = new SchedulerLab(BACKENDS);

    @BeforeEach
    void noRegionIsKnown() {
        lab.execute("DELETE FROM regions");
    }

    @Test
    void beginsACycleAtOnceWhenItStartsForTheFirstTime() {
        BACKENDS.know(ONE, TWO, THREE);
        lab.now = BETWEEN_TICKS.plusMillis(345);

        await(lab.leader().look());

        assertThat(lab.states()).containsExactly(BETWEEN_TICKS + " eu running 3");
        assertThat(await(lab.view.progress("eu", BETWEEN_TICKS))).isEqualTo(new CycleProgress(3, 0, 0, true));
        assertThat(lab.claimed("eu")).extracting(CheckJob::relay).containsExactlyInAnyOrder(ONE, TWO, THREE);
    }

    @Test
    void waitsForAWorkerBeforeTheFirstCycle() {
        BACKENDS.know(ONE);
        lab.workers.regions = Set.of();
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        assertThat(lab.states()).isEmpty();

        lab.workers.regions = Set.of("us");
        lab.look(scheduler, BETWEEN_TICKS);

        assertThat(lab.states()).containsExactly(BETWEEN_TICKS + " us running 1");
    }

    @Test
    void waitsForTheNextTickWhenItStartsAgainWithinACadence() {
        BACKENDS.know(ONE);
        await(lab.leader().look());
        lab.workOff("eu");
        takeOver(NEXT.minusSeconds(1));

        assertThat(lab.states()).containsExactly(TICK + " eu complete 1");
    }

    @Test
    void beginsTheTickThatPassedUnderItsOwnTimeAndRecordsTheOlderOnesAsMissed() {
        BACKENDS.know(ONE);
        await(lab.leader().look());
        lab.workOff("eu");
        takeOver(TICK.plusSeconds(60));

        takeOver(NEXT.plus(CADENCE).plusSeconds(123));

        assertThat(lab.states())
                .containsExactly(NEXT.plus(CADENCE) + " eu running 1", NEXT + " eu missed 0", TICK + " eu complete 1");
        assertThat(lab.cycle(NEXT).why()).isEqualTo("no scheduler was running");
    }

    @Test
    void recordsNoMoreThanADayOfMissedTicks() {
        BACKENDS.know(ONE);
        await(lab.leader().look());
        lab.workOff("eu");
        takeOver(TICK.plusSeconds(60));

        takeOver(TICK.plus(Duration.ofDays(3)));

        assertThat(lab.states().stream().filter(state -> state.contains("missed")))
                .hasSize(96);
        assertThat(lab.states().get(0)).isEqualTo(TICK.plus(Duration.ofDays(3)) + " eu running 1");
    }

    @Test
    void goesOnWithARunningCycleWhenAnotherTakesOver() {
        BACKENDS.know(ONE, TWO);
        await(lab.leader().look());
        takeOver(NEXT.minusSeconds(1));

        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        assertThat(lab.claimed("eu")).hasSize(2);
    }

    @Test
    void plansAtOnceWhatAnotherLeftHalfPlanned() {
        BACKENDS.know(ONE, TWO, THREE);
        await(lab.leader().look());
        lab.execute("UPDATE cycles SET state = 'planning', planned = 0");
        lab.workOff("eu");

        takeOver(TICK.plusSeconds(5));

        assertThat(lab.states()).containsExactly(TICK + " eu running 3");
        assertThat(lab.claimed("eu")).isEmpty();
        assertThat(lab.faults("eu")).isEmpty();
    }

    @Test
    void beginsACycleInARegionThatIsNewWhateverTheOthersDo() {
        BACKENDS.know(ONE);
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        lab.workers.regions = Set.of("eu", "us");

        lab.look(scheduler, BETWEEN_TICKS);

        assertThat(lab.states()).containsExactly(BETWEEN_TICKS + " us running 1", TICK + " eu running 1");
        assertThat(lab.claimed("us")).hasSize(1);
    }

    @Test
    void completesACycleWithoutRelays() {
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        await(scheduler.look());

        assertThat(lab.states()).containsExactly(TICK + " eu complete 0");
    }

    @Test
    void missesATickWhileTheLastCycleIsStillRunningAndSaysHowFarItIs() {
        BACKENDS.know(ONE, TWO);
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        await(lab.queue.ack(lab.claim("eu").get(0)));

        lab.look(scheduler, NEXT);

        assertThat(lab.states()).containsExactly(NEXT + " eu missed 0", TICK + " eu running 2");
        assertThat(lab.cycle(NEXT).why()).isEqualTo("the cycle of 12:00 was still running: 1 of 2 checks left");
    }

    @Test
    void leavesOutATickThatComesRightAfterTheStart() {
        BACKENDS.know(ONE);
        lab.now = BETWEEN_TICKS;
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());

        lab.look(scheduler, NEXT);
        lab.workOff("eu");
        lab.look(scheduler, NEXT.plusSeconds(5));

        assertThat(lab.states()).containsExactly(BETWEEN_TICKS + " eu complete 1");
    }

    @Test
    void doesNotLetOneRegionWaitForAnother() {
        BACKENDS.know(ONE);
        lab.workers.regions = Set.of("eu", "us");
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        lab.workOff("us");
        await(scheduler.look());

        lab.look(scheduler, NEXT);

        assertThat(lab.states())
                .containsExactly(
                        NEXT + " eu missed 0", NEXT + " us running 1", TICK + " eu running 1", TICK + " us complete 1");
    }

    @Test
    void doesNotLetOneRegionThatFailsStopAnother() {
        BACKENDS.know(ONE);
        lab.workers.regions = Set.of("eu", "us");
        lab.execute("INSERT INTO regions (name) VALUES ('eu')");
        lab.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + "IF NEW.region = (SELECT id FROM regions WHERE name = 'eu') THEN RAISE 'no'; END IF; RETURN NEW; END $$;"
                + "CREATE TRIGGER refuse BEFORE INSERT ON cycles FOR EACH ROW EXECUTE FUNCTION refuse()");
        try {
            await(lab.leader().look());
        } finally {
            lab.execute("DROP FUNCTION refuse CASCADE");
        }

        assertThat(lab.states()).containsExactly(TICK + " us running 1");
    }

    @Test
    void saysThatATickIsMissedSinceItsWorkersDoubtTheirNetwork() {
        BACKENDS.know(ONE, TWO);
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        lab.workers.doubting = true;
        await(scheduler.observe());

        lab.look(scheduler, NEXT);

        assertThat(lab.cycle(NEXT).why())
                .isEqualTo("the cycle of 12:00 was still running: 2 of 2 checks left, since the network of its workers"
                        + " is in doubt");
    }

    @Test
    void givesUpACycleThatHasRunForFourCadences() {
        BACKENDS.know(ONE, TWO);
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        Instant third = TICK.plus(CADENCE.multipliedBy(3));
        Instant fourth = TICK.plus(CADENCE.multipliedBy(4));
        lab.look(scheduler, NEXT);
        lab.look(scheduler, NEXT.plus(CADENCE));
        lab.look(scheduler, third);

        lab.look(scheduler, fourth);

        assertThat(lab.cycle(third).state()).isEqualTo("missed");
        assertThat(lab.cycle(TICK).state()).isEqualTo("missed");
        assertThat(lab.cycle(TICK).why()).isEqualTo("2 checks were not made in time");
        assertThat(lab.cycle(fourth).state()).isEqualTo("running");
        assertThat(lab.claimed("eu")).extracting(CheckJob::cycle).containsExactly(fourth, fourth);
        assertThat(lab.faults("eu")).isEmpty();
    }

    @Test
    void missesTheTicksOfARegionWithoutWorkersAndGivesUpWhatRunsThere() {
        BACKENDS.know(ONE);
        CheckScheduler scheduler = lab.leader();
        await(scheduler.look());
        lab.everybodyLeaves(scheduler);
        await(scheduler.look());
        assertThat(lab.states()).as("not before the tick").containsExactly(TICK + " eu running 1");
        lab.now = NEXT.minusSeconds(70);
        lab.everybodyLeaves(scheduler);

        lab.look(scheduler, NEXT);

        assertThat(lab.states()).containsExactly(NEXT + " eu missed 0", TICK + " eu missed 1");
        assertThat(lab.cycle(NEXT).why()).isEqualTo("no worker in eu");
        assertThat(lab.cycle(TICK).why()).isEqualTo("no worker in eu");
        assertThat(lab.claimed("eu")).isEmpty();
    }

    @Test
    void plansForARegionThatItHasNotLookedAtForLongEnough() {
        BACKENDS.know(ONE);
        await(lab.leader().look());
        lab.workOff("eu");
        lab.workers.regions = Set.of();
        takeOver(TICK.plusSeconds(60));

        takeOver(NEXT.plusSeconds(15));

        assertThat(lab.states()).containsExactly(NEXT + " eu running 1", TICK + " eu complete 1");
    }

    @Test
    void dropsWhatAnEarlierLeaderHadGivenUpAndNotDropped() {
        BACKENDS.know(ONE, TWO);
        await(lab.leader().look());
        lab.execute("UPDATE cycles SET state = 'missed', why = 'given up'");

        takeOver(TICK.plusSeconds(20));

        assertThat(lab.claimed("eu")).isEmpty();
        assertThat(lab.faults("eu")).isEmpty();
    }

    @Test
    void isNotHeldUpByACycleOfTheFuture() {
        BACKENDS.know(ONE);
        lab.now = TICK.plus(Duration.ofDays(365));
        await(lab.leader().look());
        lab.execute("UPDATE cycles SET state = 'complete'");

        takeOver(TICK);

        assertThat(lab.states()).contains(TICK + " eu running 1");
    }

    @Test
    void plansACycleOnceThoughItIsLookedAtTwiceAtOnce() {
        BACKENDS.know(ONE, TWO, THREE);
        CheckScheduler scheduler = lab.leader();

        await(Future.all(scheduler.look(), scheduler.look()));

        assertThat(lab.states()).containsExactly(TICK + " eu running 3");
        assertThat(await(lab.view.counts("eu")).ready()).isEqualTo(3);
        assertThat(lab.faults("eu")).isEmpty();
    }

    /** The leader is gone, and the next one looks. */
    private void takeOver(Instant at) {
        lab.execute("UPDATE leadership SET expires_at = now()");
        lab.now = at;
        CheckScheduler next = lab.leader();
        await(next.look());
        assertThat(next.leads()).isTrue();
    }
}
