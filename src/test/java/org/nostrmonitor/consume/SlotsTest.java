package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

class SlotsTest {
    private static final CheckJob ORDINARY = Workshop.job(Workshop.RELAY, null);
    private static final CheckJob ASKED_FOR = new CheckJob(
            Workshop.RELAY,
            Workshop.REGION,
            Workshop.CYCLE,
            ORDINARY.checks(),
            ORDINARY.timeouts(),
            null,
            ORDINARY.publishTo(),
            Priority.ON_DEMAND,
            1);

    private final Slots slots = new Slots(20, 2);

    @Test
    void keepsSomeForWhatSomebodyAskedFor() {
        take(ORDINARY, 18);

        assertThat(slots.free()).isZero();
        assertThat(slots.freeOnDemand()).isEqualTo(2);
        assertThat(slots.busy()).isEqualTo(18);
    }

    @Test
    void givesTheKeptOnesFirstAndThenTheOthersToWhatSomebodyAskedFor() {
        take(ASKED_FOR, 2);
        assertThat(slots.free()).isEqualTo(18);
        assertThat(slots.freeOnDemand()).isZero();

        take(ASKED_FOR, 3);
        assertThat(slots.free()).isEqualTo(15);
        assertThat(slots.busy()).isEqualTo(5);

        slots.free(ASKED_FOR);
        assertThat(slots.free()).isEqualTo(16);
    }

    @Test
    void neverOffersMoreThanThereAre() {
        take(ORDINARY, 19);
        assertThat(slots.free()).isZero();
        assertThat(slots.freeOnDemand()).isEqualTo(1);
    }

    @Test
    void keepsATenthAndAtLeastOneButNotTheOnlyOne() {
        assertThat(kept(1000)).isEqualTo(100);
        assertThat(kept(19)).isEqualTo(1);
        assertThat(kept(2)).isEqualTo(1);
        assertThat(kept(1)).isZero();
    }

    private static int kept(int slots) {
        return WorkerSettings.of("eu", "worker", slots, Pace.UNLIMITED).keptSlots();
    }

    private void take(CheckJob job, int count) {
        for (int i = 0; i < count; i++) {
            slots.take(job);
        }
    }
}
