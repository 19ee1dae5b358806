package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.MonitorConfig.Check;
import org.nostrmonitor.config.MonitorConfig.Checks;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.KnownRelay;

class CheckPlanTest {
    private static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");
    private static final RelayUrl RELAY = RelayUrl.of("wss://relay.example/");
    private static final RelayUrl TARGET = RelayUrl.of("wss://target.example/");

    private final CheckPlan plan = new CheckPlan(MonitorConfig.DEFAULT.checks(), "ab".repeat(32), List.of(TARGET));

    @Test
    void givesANewRelayEveryCheckWithItsTimeout() {
        CheckJob job = plan.jobOf(known(RelayState.UNKNOWN, null), "eu", CYCLE);

        assertThat(job.checks()).containsExactlyInAnyOrder(CheckType.values());
        assertThat(job.timeout(CheckType.READ)).isEqualTo(Duration.ofSeconds(10));
        assertThat(job.region()).isEqualTo("eu");
        assertThat(job.cycle()).isEqualTo(CYCLE);
        assertThat(job.publishTo()).containsExactly(TARGET);
        assertThat(job.attempt()).isEqualTo(1);
    }

    @Test
    void leavesTheWriteOutUntilItIsDue() {
        Instant justNow = CYCLE.minus(Duration.ofHours(4)).plusSeconds(1);
        Instant longAgo = CYCLE.minus(Duration.ofHours(4));

        assertThat(plan.jobOf(known(RelayState.ONLINE, justNow), "eu", CYCLE).checks())
                .doesNotContain(CheckType.WRITE);
        assertThat(plan.jobOf(known(RelayState.ONLINE, longAgo), "eu", CYCLE).checks())
                .contains(CheckType.WRITE);
    }

    @Test
    void leavesOutWhatIsDisabled() {
        Check off = new Check(false, Duration.ofSeconds(1), Duration.ZERO);
        Check on = new Check(true, Duration.ofSeconds(1), Duration.ZERO);
        CheckPlan reading = new CheckPlan(new Checks(on, on, off, off), "ab".repeat(32), List.of());

        assertThat(reading.jobOf(known(RelayState.ONLINE, null), "eu", CYCLE).checks())
                .containsExactlyInAnyOrder(CheckType.OPEN, CheckType.READ);
        assertThat(reading.onDemand(RELAY, "eu", CYCLE).checks())
                .containsExactlyInAnyOrder(CheckType.OPEN, CheckType.READ);
    }

    @Test
    void letsTheDeadWait() {
        assertThat(plan.jobOf(known(RelayState.OFFLINE, null), "eu", CYCLE).priority())
                .isEqualTo(Priority.DEAD);
        assertThat(plan.jobOf(known(RelayState.DEGRADED, null), "eu", CYCLE).priority())
                .isEqualTo(Priority.ONLINE);
    }

    @Test
    void putsWhatWasAskedForFirstWithEveryCheck() {
        CheckJob job = plan.onDemand(RELAY, "eu", CYCLE);

        assertThat(job.priority()).isEqualTo(Priority.ON_DEMAND);
        assertThat(job.checks()).containsExactlyInAnyOrder(CheckType.values());
    }

    private static KnownRelay known(RelayState state, @Nullable Instant writeTestedAt) {
        return new KnownRelay(7, RELAY, state, writeTestedAt);
    }
}
