package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private static final Outcome PASSED = new Outcome.Passed();
    private static final Outcome REFUSED = new Outcome.Refused(Reason.AUTH_REQUIRED, "auth-required: who are you");
    private static final Outcome SILENT = new Outcome.Failed(Stage.READ, Reason.NO_REPLY, "");
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);
    private static final Phases ALL = new Phases(ms(1), ms(2), ms(4), ms(8), ms(16), ms(32), ms(64));

    @Test
    void isOnlineIfItOpenedAndAnsweredBeItWithNo() {
        assertThat(report(PASSED, PASSED, PASSED, ALL).state()).isEqualTo(RelayState.ONLINE);
        assertThat(report(PASSED, REFUSED, REFUSED, ALL).state()).isEqualTo(RelayState.ONLINE);
        assertThat(report(PASSED, NOT_REACHED, NOT_REACHED, ALL).state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void isOfflineIfItDidNotOpenOrDidNotAnswer() {
        Outcome refused = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");

        assertThat(report(refused, NOT_REACHED, NOT_REACHED, ALL).state()).isEqualTo(RelayState.OFFLINE);
        assertThat(report(refused, NOT_REACHED, NOT_REACHED, ALL).decisive()).isEqualTo(refused);
        assertThat(report(PASSED, SILENT, NOT_REACHED, ALL).state()).isEqualTo(RelayState.OFFLINE);
        assertThat(report(PASSED, SILENT, NOT_REACHED, ALL).decisive()).isEqualTo(SILENT);
    }

    @Test
    void isUnknownIfItWasNotAsked() {
        Outcome blocked = new Outcome.NotTested(Reason.BLOCKED);

        assertThat(report(blocked, NOT_REACHED, NOT_REACHED, Phases.NONE).state())
                .isEqualTo(RelayState.UNKNOWN);
    }

    @Test
    void roundTripTimesLeaveTheNameResolutionOut() {
        CheckReport report = report(PASSED, PASSED, PASSED, ALL);

        assertThat(report.rttOpen()).isEqualTo(ms(14));
        assertThat(report.rttRead()).isEqualTo(ms(16));
        assertThat(report.rttWrite()).isEqualTo(ms(32));
    }

    @Test
    void withoutTlsTheOpenTimeIsConnectAndUpgrade() {
        Phases plain = new Phases(null, ms(2), null, ms(8), null, null, null);

        assertThat(report(PASSED, PASSED, PASSED, plain).rttOpen()).isEqualTo(ms(10));
    }

    @Test
    void aTimeUntilAFailureIsNoRoundTripTime() {
        CheckReport report =
                report(new Outcome.Failed(Stage.UPGRADE, Reason.UPGRADE_STATUS, "502"), SILENT, REFUSED, ALL);

        assertThat(report.rttOpen()).isNull();
        assertThat(report.rttRead()).isNull();
        assertThat(report.rttWrite()).isNull();
    }

    @Test
    void aRefusedReadWasStillAnswered() {
        assertThat(report(PASSED, REFUSED, PASSED, ALL).rttRead()).isEqualTo(ms(16));
    }

    @Test
    void withholdsTimesThatWereTakenWhileWeWereBusy() {
        assertThat(late(PASSED, 50).rttOpen()).isEqualTo(ms(14));
        assertThat(late(PASSED, 51).rttOpen()).isNull();
        assertThat(late(PASSED, 51).rttRead()).isNull();
        assertThat(late(PASSED, 51).rttWrite()).isNull();
        assertThat(late(PASSED, 51).state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void doubtsASilenceThatWeMayHaveBeenTooBusyToHear() {
        Outcome silent = new Outcome.Failed(Stage.TCP, Reason.TCP_TIMEOUT, "");
        Outcome refused = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");

        assertThat(late(silent, 1001).doubtful()).isTrue();
        assertThat(late(silent, 1000).doubtful()).isFalse();
        assertThat(late(refused, 5000).doubtful()).isFalse();
    }

    @Test
    void phasesAreSetAndReadByTheirStage() {
        for (Stage stage : Stage.values()) {
            Phases one = Phases.NONE.with(stage, ms(7));
            for (Stage other : Stage.values()) {
                assertThat(one.of(other)).isEqualTo(other == stage ? ms(7) : null);
            }
        }
    }

    @Test
    void aJobIsKnownByItsRelayAndCycleAndAlwaysOpens() {
        RelayUrl relay = RelayUrl.of("wss://relay.example");
        CheckJob job = job(relay, Set.of(CheckType.OPEN, CheckType.READ));

        assertThat(job.id()).isEqualTo("900 wss://relay.example/");
        assertThat(job.withAttempt(2).id()).isEqualTo(job.id());
        assertThat(job.withAttempt(2).attempt()).isEqualTo(2);
        assertThat(job.timeout(CheckType.READ)).isEqualTo(ms(100));
        assertThatThrownBy(() -> job.timeout(CheckType.WRITE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> job(relay, Set.of(CheckType.READ))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> job(relay, Set.of(CheckType.OPEN, CheckType.NIP11)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CheckJob job(RelayUrl relay, Set<CheckType> checks) {
        Map<CheckType, Duration> timeouts = Map.of(CheckType.OPEN, ms(100), CheckType.READ, ms(100));
        Instant cycle = Instant.ofEpochSecond(900);
        return new CheckJob(relay, "local", cycle, checks, timeouts, null, List.of(), Priority.ONLINE, 1);
    }

    private static CheckReport report(Outcome open, Outcome read, Outcome write, Phases phases) {
        return report(open, read, write, phases, 0);
    }

    private static CheckReport late(Outcome open, int lagMs) {
        return report(open, PASSED, PASSED, ALL, lagMs);
    }

    private static CheckReport report(Outcome open, Outcome read, Outcome write, Phases phases, int lagMs) {
        return OneLook.report(
                RelayUrl.of("wss://relay.example"),
                "local",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                phases,
                open,
                read,
                write,
                NOT_REACHED,
                null,
                Map.of(),
                ms(lagMs));
    }

    private static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }
}
