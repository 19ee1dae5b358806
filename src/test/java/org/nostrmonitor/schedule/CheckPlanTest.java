package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final Duration CADENCE = Duration.ofMinutes(15);
    private static final RelayUrl RELAY = RelayUrl.of("wss://relay.example/");
    private static final RelayUrl TARGET = RelayUrl.of("wss://target.example/");

    private static final SigningKeys KEYS = new SigningKeys("ab".repeat(32), Map.of("us", "cd".repeat(32)));

    private final CheckPlan plan =
            new CheckPlan(MonitorConfig.DEFAULT.checks(), new BackOff(Duration.ofHours(6)), 20, KEYS, List.of(TARGET));

    @Test
    void namesTheKeyOfTheRegion() {
        assertThat(plan.jobOf(known(RelayState.ONLINE, null), "us", CYCLE).signingKey())
                .isEqualTo("cd".repeat(32));
        assertThat(plan.jobOf(known(RelayState.ONLINE, null), "eu", CYCLE).signingKey())
                .isEqualTo("ab".repeat(32));
        assertThat(plan.onDemand(known(RelayState.ONLINE, null), "us", CYCLE).signingKey())
                .isEqualTo("cd".repeat(32));
    }

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
        CheckPlan reading =
                new CheckPlan(new Checks(on, on, off, off, off), new BackOff(Duration.ZERO), 20, KEYS, List.of());

        assertThat(reading.jobOf(known(RelayState.ONLINE, null), "eu", CYCLE).checks())
                .containsExactlyInAnyOrder(CheckType.OPEN, CheckType.READ);
        assertThat(reading.onDemand(known(RelayState.UNKNOWN, null), "eu", CYCLE)
                        .checks())
                .containsExactlyInAnyOrder(CheckType.OPEN, CheckType.READ);
    }

    @Test
    void leavesOutEveryCheckThatIsNotDueAgain() {
        CheckPlan hourly = plan(Duration.ofHours(1), 0);
        Instant justNow = CYCLE.minusSeconds(60);

        assertThat(hourly.jobOf(tested(RelayState.ONLINE, justNow), "eu", CYCLE).checks())
                .containsExactly(CheckType.OPEN);
        assertThat(hourly.jobOf(tested(RelayState.ONLINE, CYCLE.minusSeconds(3600)), "eu", CYCLE)
                        .checks())
                .containsExactlyInAnyOrder(CheckType.values());
        assertThat(hourly.jobOf(tested(RelayState.OFFLINE, justNow), "eu", CYCLE)
                        .checks())
                .as("that it read an hour ago says nothing of a relay that has gone")
                .containsExactlyInAnyOrder(CheckType.OPEN, CheckType.READ);
    }

    @Test
    void asksForTheDocumentWithTheCapabilitiesThatItClaims() {
        CheckPlan hourly = plan(Duration.ofHours(1), 0);
        Instant justNow = CYCLE.minusSeconds(60);
        KnownRelay relay =
                new KnownRelay(7, RELAY, RelayState.ONLINE, justNow, justNow, justNow, justNow, justNow, justNow, null);

        assertThat(hourly.jobOf(relay, "eu", CYCLE).checks())
                .containsExactlyInAnyOrder(CheckType.OPEN, CheckType.NIP11, CheckType.CAPABILITIES);
    }

    @Test
    void leavesARelayAloneUntilItsNextOpening() {
        CheckPlan hourly = plan(Duration.ofHours(1), 0);

        assertThat(hourly.isDue(tested(RelayState.ONLINE, CYCLE.minusSeconds(3599)), CYCLE, CADENCE))
                .isFalse();
        assertThat(hourly.isDue(tested(RelayState.ONLINE, CYCLE.minusSeconds(3600)), CYCLE, CADENCE))
                .isTrue();
    }

    @Test
    void leavesOutTheLongDeadUntilTheirBackOffHasPassed() {
        CheckPlan backingOff = plan(Duration.ZERO, 6);
        Instant lastCycle = CYCLE.minus(Duration.ofHours(1));
        KnownRelay dead = offline(CYCLE.minus(Duration.ofDays(30)), lastCycle);

        assertThat(backingOff.isDue(dead, CYCLE, CADENCE)).isFalse();
        assertThat(backingOff.isDue(dead, lastCycle.plus(Duration.ofHours(6)), CADENCE))
                .isTrue();
        assertThat(plan(Duration.ZERO, 0).isDue(dead, CYCLE, CADENCE)).isTrue();
    }

    @Test
    void checksInEveryCycleWhatHasJustGone() {
        Instant lastCycle = CYCLE.minus(CADENCE);

        assertThat(plan(Duration.ZERO, 6).isDue(offline(lastCycle.plusSeconds(70), lastCycle), CYCLE, CADENCE))
                .isTrue();
    }

    @Test
    void takesForDueWhatSomebodyAskedForSinceTheCycleBegan() {
        KnownRelay asked = offline(CYCLE.minus(Duration.ofDays(30)), CYCLE.plusSeconds(30));

        assertThat(plan(Duration.ZERO, 6).isDue(asked, CYCLE, CADENCE)).isTrue();
    }

    @Test
    void knowsWhetherTheRelayWasUp() {
        assertThat(plan.jobOf(known(RelayState.DEGRADED, null), "eu", CYCLE).wasUp())
                .isTrue();
        assertThat(plan.jobOf(known(RelayState.OFFLINE, null), "eu", CYCLE).wasUp())
                .isFalse();
        assertThat(plan.onDemand(known(RelayState.ONLINE, null), "eu", CYCLE).wasUp())
                .isTrue();
    }

    private static CheckPlan plan(Duration every, int longestHours) {
        Check check = new Check(true, Duration.ofSeconds(1), every);
        return new CheckPlan(
                new Checks(check, check, check, check, check),
                new BackOff(Duration.ofHours(longestHours)),
                20,
                KEYS,
                List.of());
    }

    private static KnownRelay tested(RelayState state, Instant at) {
        return new KnownRelay(7, RELAY, state, at, at, at, at, at, at, at);
    }

    private static KnownRelay offline(Instant since, Instant lastCycle) {
        return new KnownRelay(
                7, RELAY, RelayState.OFFLINE, since, lastCycle, lastCycle.plusSeconds(70), null, null, null, null);
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
        CheckJob job = plan.onDemand(known(RelayState.UNKNOWN, null), "eu", CYCLE);

        assertThat(job.priority()).isEqualTo(Priority.ON_DEMAND);
        assertThat(job.checks()).containsExactlyInAnyOrder(CheckType.values());
    }

    private static KnownRelay known(RelayState state, @Nullable Instant writeTestedAt) {
        return new KnownRelay(7, RELAY, state, null, null, null, null, writeTestedAt, null, null);
    }
}
