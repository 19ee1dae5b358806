package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.schedule.SchedulerLab.CADENCE;
import static org.nostrmonitor.schedule.SchedulerLab.ONE;
import static org.nostrmonitor.schedule.SchedulerLab.TICK;
import static org.nostrmonitor.schedule.SchedulerLab.TWO;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.testing.RealBackends;

/** Several schedulers over the same databases. The lease is by PostgreSQL's clock, so it is a short one here. */
class LeadershipTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final Instant NEXT = TICK.plus(CADENCE);

    private final SchedulerLab lab = new SchedulerLab(BACKENDS);

    @BeforeEach
    void noRegionIsKnown() {
        lab.execute("DELETE FROM regions");
        BACKENDS.know(ONE, TWO);
    }

    @Test
    void oneOfTwoThatStartTogetherBeginsOneCycle() {
        CheckScheduler one = lab.scheduler();
        CheckScheduler two = lab.scheduler();
        await(Future.all(one.observe(), two.observe()));

        await(Future.all(one.stand(), two.stand()));
        await(Future.all(one.look(), two.look()));

        assertThat(List.of(one.leads(), two.leads())).containsExactlyInAnyOrder(true, false);
        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        assertThat(await(lab.view.counts("eu")).ready()).isEqualTo(2);
    }

    @Test
    void anotherBeginsTheNextCycleOnceWhenTheLeaderIsGoneWithoutAWord() {
        lab.lease = Duration.ofMillis(700);
        await(lab.leader().look());
        lab.workOff("eu");
        CheckScheduler two = lab.scheduler();
        await(two.observe());
        lab.now = NEXT.plusSeconds(3);

        until(() -> two.stand().map(stood -> two.leads()), leads -> leads);
        await(two.look());

        assertThat(lab.states()).containsExactly(NEXT + " eu running 2", TICK + " eu complete 2");
        assertThat(lab.claimed("eu")).hasSize(2);
    }

    @Test
    void anotherTakesOverAtOnceFromOneThatResigns() {
        CheckScheduler one = lab.leader();
        CheckScheduler two = lab.leader();
        assertThat(two.leads()).isFalse();

        await(one.resign());
        await(two.stand());
        await(one.stand());

        assertThat(two.leads()).isTrue();
        assertThat(one.leads()).isFalse();
    }

    @Test
    void theLeaderKeepsItsTermByRenewing() {
        CheckScheduler one = lab.leader();
        await(one.stand());
        await(one.stand());

        assertThat(one.leads()).isTrue();
        assertThat(term()).isEqualTo(1);
    }

    @Test
    void theLeaderStopsBelievingInItselfWhenItCouldNotRenew() {
        CheckScheduler one = lab.leader();
        lab.nanos.addAndGet(lab.lease.toNanos() - 1);
        assertThat(one.leads()).isTrue();

        lab.nanos.incrementAndGet();

        assertThat(one.leads()).isFalse();
        lab.look(one, NEXT);
        assertThat(lab.states()).isEmpty();
    }

    @Test
    void oneThatWasStoppedPastItsLeaseCanNeitherBeginNorEndAnything() {
        lab.lease = Duration.ofMillis(500);
        CheckScheduler stopped = lab.leader();
        await(stopped.look());
        lab.claim("eu").forEach(lease -> await(lab.queue.ack(lease)));
        lab.lease = Duration.ofMinutes(1);
        CheckScheduler two = lab.scheduler();
        until(() -> two.stand().map(stood -> two.leads()), leads -> leads);

        // Its monotonic clock stands still here, so it goes on believing: what refuses it is the term.
        assertThat(stopped.leads()).isTrue();
        lab.store(TICK, "eu", ONE, TWO);
        await(stopped.look());
        lab.look(stopped, TICK.plus(CADENCE.multipliedBy(5)));

        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
        assertThat(term()).isEqualTo(2);
    }

    @Test
    void oneWhoseLeaseRanOutCannotBeginEvenIfNobodyElseLeads() {
        CheckScheduler stopped = lab.leader();
        lab.execute("UPDATE leadership SET expires_at = now() - interval '1 second'");

        await(stopped.look());

        assertThat(lab.states()).isEmpty();
    }

    @Test
    void aTickThatWasRefusedIsBegunOnceTheLeadIsBack() {
        CheckScheduler leader = lab.leader();
        lab.execute("UPDATE leadership SET expires_at = now() - interval '1 second'");
        await(leader.look());
        await(leader.stand());

        await(leader.look());

        assertThat(lab.states()).containsExactly(TICK + " eu running 2");
    }

    private static long term() {
        try (Connection connection =
                        DriverManager.getConnection(BACKENDS.postgres().jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT term FROM leadership")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
