package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private static final Outcome PASSED = new Outcome.Passed();
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);

    @Test
    void isOnlineWhenItOpenedAndAnswered() {
        assertThat(report(PASSED, PASSED).state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void isOnlineWhenItsAnswerIsNo() {
        Outcome refused = new Outcome.Refused(Reason.AUTH_REQUIRED, "auth-required: members");
        assertThat(report(PASSED, refused).state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void isOfflineWhenItOpensButDoesNotSpeakNostr() {
        Outcome silent = new Outcome.Failed(Stage.READ, Reason.NO_REPLY, "");
        CheckReport report = report(PASSED, silent);

        assertThat(report.state()).isEqualTo(RelayState.OFFLINE);
        assertThat(report.decisive()).isEqualTo(silent);
    }

    @Test
    void isOfflineWhenItDoesNotOpen() {
        Outcome refused = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");
        CheckReport report = report(refused, NOT_REACHED);

        assertThat(report.state()).isEqualTo(RelayState.OFFLINE);
        assertThat(report.decisive()).isEqualTo(refused);
        assertThat(report.rttOpen()).isNull();
    }

    @Test
    void isUnknownWhenItWasNotAsked() {
        assertThat(report(new Outcome.NotTested(Reason.NO_PROXY), NOT_REACHED).state())
                .isEqualTo(RelayState.UNKNOWN);
    }

    @Test
    void hasNoRoundTripTimeOfARefusedWrite() {
        CheckReport report = new CheckReport(
                RelayUrl.of("ws://relay.example/"),
                "eu",
                Instant.EPOCH,
                Instant.EPOCH,
                "192.0.2.1",
                Phases.NONE.with(Stage.WRITE, Duration.ofMillis(5)),
                PASSED,
                PASSED,
                new Outcome.Refused(Reason.POW, "pow: 20"),
                NOT_REACHED,
                null,
                Map.of(),
                Duration.ZERO);

        assertThat(report.rttWrite()).isNull();
    }

    @Test
    void withholdsTimesThatWereTakenWhileWeWereBusy() {
        assertThat(timed(Duration.ofMillis(50)).rttOpen()).isEqualTo(Duration.ofMillis(30));
        assertThat(timed(Duration.ofMillis(51)).rttOpen()).isNull();
        assertThat(timed(Duration.ofMillis(51)).rttRead()).isNull();
        assertThat(timed(Duration.ofMillis(51)).state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void doubtsASilenceThatWeMayHaveBeenTooBusyToHear() {
        Outcome silent = new Outcome.Failed(Stage.TCP, Reason.TCP_TIMEOUT, "");
        Outcome refused = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");

        assertThat(late(silent, Duration.ofMillis(1001)).doubtful()).isTrue();
        assertThat(late(silent, Duration.ofMillis(1000)).doubtful()).isFalse();
        assertThat(late(refused, Duration.ofMillis(5000)).doubtful()).isFalse();
    }

    private static CheckReport timed(Duration lag) {
        Phases phases = Phases.NONE
                .with(Stage.TCP, Duration.ofMillis(10))
                .with(Stage.UPGRADE, Duration.ofMillis(20))
                .with(Stage.READ, Duration.ofMillis(5));
        return report(PASSED, PASSED, phases, lag);
    }

    private static CheckReport late(Outcome open, Duration lag) {
        return report(open, NOT_REACHED, Phases.NONE, lag);
    }

    private static CheckReport report(Outcome open, Outcome read) {
        return report(open, read, Phases.NONE, Duration.ZERO);
    }

    private static CheckReport report(Outcome open, Outcome read, Phases phases, Duration lag) {
        return new CheckReport(
                RelayUrl.of("wss://relay.example/"),
                "eu",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                phases,
                open,
                read,
                NOT_REACHED,
                NOT_REACHED,
                null,
                Map.of(),
                lag);
    }
}
