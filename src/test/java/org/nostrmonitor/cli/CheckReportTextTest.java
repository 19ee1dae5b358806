package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

class CheckReportTextTest {
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);
    private static final String NO_DOCUMENT = "";

    @Test
    void tellsTheStoryOfARelayThatIsOnline() {
        Phases phases =
                new Phases(millis(2.1), millis(12), millis(25.25), millis(8.75), millis(14), millis(20), millis(80.1));
        String document = """
                {"name": "Example \\u001b[31mRelay", "software": "strfry", "version": "1.0", "supported_nips": [11, 1]}""";

        String text = CheckReportText.of(report(
                "203.0.113.7",
                phases,
                new Outcome.Passed(),
                new Outcome.Passed("[\"EOSE\",\"r\"]"),
                new Outcome.Refused(Reason.PAYMENT_REQUIRED, "blocked: pay"),
                new Outcome.Passed(),
                document,
                Map.of(Requirement.PAYMENT, true, Requirement.AUTH, false)));

        assertThat(text).isEqualToNormalizingNewlines("""
                wss://relay.example/
                Online: it answered; opens in 46.0 ms, reads in 14.0 ms.

                  dns            2.1 ms
                  tcp           12.0 ms   203.0.113.7
                  tls           25.3 ms
                  upgrade        8.8 ms   passed
                  read          14.0 ms   passed  ["EOSE","r"]
                  write         20.0 ms   refused: it asks for payment  blocked: pay
                  nip11         80.1 ms   passed

                  name     Example \\u001B[31mRelay
                  software strfry
                  version  1.0
                  NIPs     1, 11
                  seen     !auth payment
                """);
    }

    @Test
    void tellsAtWhichPhaseItFailedAndPrintsNoNumberThatWasNotMeasured() {
        Phases phases = new Phases(millis(2), millis(12), millis(25), null, null, null, null);

        String text = CheckReportText.of(report(
                "203.0.113.7",
                phases,
                new Outcome.Failed(Stage.TLS, Reason.TLS_EXPIRED, "not after 2026-01-01"),
                NOT_REACHED,
                new Outcome.NotTested(Reason.NOT_DUE),
                NOT_REACHED,
                NO_DOCUMENT,
                Map.of()));

        assertThat(text).isEqualToNormalizingNewlines("""
                wss://relay.example/
                Offline: the TLS certificate has expired.

                  dns            2.0 ms
                  tcp           12.0 ms   203.0.113.7
                  tls           25.0 ms   failed: the TLS certificate has expired  not after 2026-01-01
                  upgrade             –
                  read                –   not tested: not reached
                  write               –   not tested: not due yet
                  nip11               –   not tested: not reached
                """);
    }

    @Test
    void saysThatABlockedAddressWasNotChecked() {
        String text = CheckReportText.of(report(
                null,
                Phases.NONE,
                new Outcome.NotTested(Reason.BLOCKED, "10.0.0.1: private"),
                NOT_REACHED,
                NOT_REACHED,
                NOT_REACHED,
                NO_DOCUMENT,
                Map.of()));

        assertThat(text).contains("Not checked: its address is not a public one: 10.0.0.1: private.");
    }

    @Test
    void saysWhenItWasTooBusyForItsTimesToBeBelieved() {
        Phases phases = new Phases(millis(2), millis(12), null, millis(8), null, null, null);
        Outcome passed = new Outcome.Passed();

        assertThat(CheckReportText.of(report(
                        "203.0.113.7",
                        phases,
                        passed,
                        NOT_REACHED,
                        NOT_REACHED,
                        NOT_REACHED,
                        "",
                        Map.of(),
                        Duration.ofMillis(80))))
                .contains("Our own event loop was 80.0 ms late: do not believe the times of dns, tcp, upgrade.")
                .doesNotContain("opens in");
    }

    @Test
    void cutsAndEscapesWhatTheRelayWrote() {
        String text = CheckReportText.of(report(
                "203.0.113.7",
                Phases.NONE,
                new Outcome.Passed(),
                new Outcome.Refused(Reason.ERROR, "error: \u001b]0;owned\u0007\r\n\u202e" + "x".repeat(500)),
                NOT_REACHED,
                NOT_REACHED,
                "not json",
                Map.of()));

        assertThat(text)
                .contains("refused: it answered with an error of its own  error: \\u001B]0;owned\\u0007\\u000D");
        assertThat(text.lines()).allMatch(line -> line.length() < 300);
        assertThat(text).doesNotContain("\u001b", "\u202e", "\u0007");
        assertThat(text).contains("NIP-11   not understood: ");
    }

    private static CheckReport report(
            @Nullable String address,
            Phases phases,
            Outcome open,
            Outcome read,
            Outcome write,
            Outcome nip11,
            String document,
            Map<Requirement, Boolean> observed) {
        return report(address, phases, open, read, write, nip11, document, observed, Duration.ZERO);
    }

    private static CheckReport report(
            @Nullable String address,
            Phases phases,
            Outcome open,
            Outcome read,
            Outcome write,
            Outcome nip11,
            String document,
            Map<Requirement, Boolean> observed,
            Duration lag) {
        return OneLook.report(
                RelayUrl.of("wss://relay.example"),
                "local",
                Instant.EPOCH,
                Instant.EPOCH,
                address,
                phases,
                open,
                read,
                write,
                nip11,
                document.isEmpty() ? null : document,
                observed,
                lag);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
