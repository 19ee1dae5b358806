package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.bus.Messages.CycleRequest;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

class EarlyCyclesTest {
    private static final RelayUrl ONE = RelayUrl.of("wss://one.example/");

    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private final SchedulerLab lab = new SchedulerLab(BACKENDS);

    @BeforeEach
    void noRegionIsKnown() {
        lab.execute("DELETE FROM regions");
    }

    @Test
    void aCycleThatWasAskedForRunsBetweenTheTicks() {
        BACKENDS.know(ONE);
        CheckScheduler leader = lab.leader();
        await(leader.look());
        Instant first = lab.now;
        lab.workOff("eu");
        lab.look(leader, first.plusSeconds(10));
        lab.look(leader, first.plusSeconds(20));

        CycleRequested answer = await(leader.cycleNow(new CycleRequest(null)));
        await(leader.look());

        assertThat(answer.leads()).isTrue();
        assertThat(answer.running()).isEmpty();
        assertThat(answer.begun()).hasSize(1);
        assertThat(answer.begun().get(0).cycle()).isEqualTo(first.plusSeconds(20));
        assertThat(lab.states().get(0)).startsWith(first.plusSeconds(20) + " eu running");
    }

    @Test
    void noneIsBegunWhereOneRunsOrNobodyIsAtWork() {
        BACKENDS.know(ONE);
        CheckScheduler leader = lab.leader();
        await(leader.look());
        lab.now = lab.now.plusSeconds(5);

        assertThat(await(leader.cycleNow(new CycleRequest(null))).running()).containsExactly("eu");
        CycleRequested elsewhere = await(leader.cycleNow(new CycleRequest("mars")));
        assertThat(elsewhere.begun()).isEmpty();
        assertThat(elsewhere.running()).isEmpty();
    }

    @Test
    void whoDoesNotLeadBeginsNone() {
        BACKENDS.know(ONE);
        lab.leader();
        CheckScheduler other = lab.scheduler();
        await(other.observe());

        assertThat(await(other.cycleNow(new CycleRequest(null))).leads()).isFalse();
        assertThat(lab.states()).isEmpty();
    }

    @Test
    void aRelayThatIsToBeFirstIsMoreUrgentAndOneThatOptedOutIsNotChecked() {
        BACKENDS.know(ONE, RelayUrl.of("wss://two.example/"), RelayUrl.of("wss://out.example/"));
        lab.execute("UPDATE relays SET priority = 1 WHERE url LIKE '%one%';"
                + "UPDATE relays SET enabled = false, opted_out_at = now() WHERE url LIKE '%out%'");
        CheckScheduler leader = lab.leader();
        await(leader.look());

        assertThat(lab.claimed("eu"))
                .extracting(CheckJob::priority)
                .containsExactlyInAnyOrder(Priority.CONFIRMING, Priority.ONLINE);
        assertThat(await(BACKENDS.relays().find(RelayUrl.of("wss://out.example/"), "eu")))
                .isNull();
        assertThat(lab.workers.regions).isEqualTo(Set.of("eu"));
    }
}
