package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.schedule.SchedulerLab.ONE;
import static org.nostrmonitor.schedule.SchedulerLab.TICK;
import static org.nostrmonitor.schedule.SchedulerLab.TWO;
import static org.nostrmonitor.testing.Await.await;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.testing.RealBackends;

class OnDemandTest {
    @RegisterExtension
    static final RealBackends BACKENDS = new RealBackends();

    private static final Instant ASKED = TICK.plusSeconds(420);

    private final SchedulerLab lab = new SchedulerLab(BACKENDS);
    private final CheckScheduler scheduler = lab.scheduler();

    @BeforeEach
    void twoAreKnown() {
        BACKENDS.know(ONE, TWO);
        lab.now = ASKED;
    }

    @Test
    void queuesEveryCheckBeforeEverythingElse() {
        lab.now = TICK;
        await(lab.leader().look());
        lab.now = ASKED.plusMillis(999);

        CheckRequested answer = ask("wss://TWO.example", null);

        assertThat(answer).isEqualTo(new CheckRequested(true, List.of(new Ticket("eu", ASKED))));
        CheckJob first = lab.claimed("eu").get(0);
        assertThat(first.relay()).isEqualTo(TWO);
        assertThat(first.priority()).isEqualTo(Priority.ON_DEMAND);
        assertThat(first.checks()).containsExactlyInAnyOrder(CheckType.values());
        assertThat(first.cycle()).isEqualTo(ASKED);
    }

    @Test
    void queuesInAllRegionsThatHaveWorkersOrTheOneThatIsNamed() {
        lab.workers.regions = Set.of("eu", "us");

        assertThat(ask("wss://one.example", null).tickets())
                .containsExactlyInAnyOrder(new Ticket("eu", ASKED), new Ticket("us", ASKED));
        lab.now = ASKED.plusSeconds(1);
        assertThat(ask("wss://one.example", "us").tickets()).containsExactly(new Ticket("us", ASKED.plusSeconds(1)));

        assertThat(lab.claimed("eu")).hasSize(1);
        assertThat(lab.claimed("us")).hasSize(2);
    }

    @Test
    void givesNoTicketWhereNobodyIs() {
        assertThat(ask("wss://one.example", "us")).isEqualTo(new CheckRequested(true, List.of()));
        assertThat(await(lab.view.counts("us")).waiting()).isZero();
    }

    @Test
    void givesTheSameTicketTwiceInTheSameSecond() {
        assertThat(ask("wss://one.example", null)).isEqualTo(ask("wss://one.example", null));

        assertThat(lab.claimed("eu")).hasSize(1);
    }

    @Test
    void takesNoPlaceInTheCycleOfTheTickThatItComesWith() {
        lab.now = TICK.plusMillis(300);

        assertThat(ask("wss://one.example", null).tickets()).containsExactly(new Ticket("eu", TICK.minusSeconds(1)));
    }

    @Test
    void knowsADisabledRelay() {
        lab.execute("UPDATE relays SET enabled = false");

        assertThat(ask("wss://one.example", null).tickets()).hasSize(1);
    }

    @Test
    void doesNotKnowAStrangerOrWhatIsNoUrl() {
        assertThat(ask("wss://stranger.example", null).known()).isFalse();
        assertThat(ask("https://one.example", null).known()).isFalse();
        assertThat(ask("", "eu").known()).isFalse();
        assertThat(await(lab.view.counts("eu")).waiting()).isZero();
    }

    @Test
    void knowsWhetherTheRegionLastSawItUp() {
        lab.seen("eu", ONE, 1, TICK, TICK);
        lab.workers.regions = Set.of("eu", "us");
        ask("wss://one.example", null);

        assertThat(lab.claimed("eu").get(0).wasUp()).isTrue();
        assertThat(lab.claimed("us").get(0).wasUp()).isFalse();
    }

    private CheckRequested ask(String url, @Nullable String region) {
        return await(scheduler.checkNow(new CheckRequest(url, region)));
    }
}
