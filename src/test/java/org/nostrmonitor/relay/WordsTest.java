package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The enums: their numbers are in PostgreSQL and their labels in events, so neither may change or clash. */
class WordsTest {
    @ParameterizedTest
    @EnumSource
    void everyReasonComesBackFromItsCodeAndLabel(Reason reason) {
        assertThat(Reason.ofCode(reason.code())).isEqualTo(reason);
        assertThat(Reason.ofLabel(reason.label())).isEqualTo(reason);
        assertThat(reason.code()).isPositive();
    }

    @Test
    void theNumbersOfReasonsAreWhatIsStored() {
        assertThat(Reason.DNS_NOT_FOUND.code()).isEqualTo(1);
        assertThat(Reason.TLS_EXPIRED.code()).isEqualTo(20);
        assertThat(Reason.UPGRADE_STATUS.code()).isEqualTo(30);
        assertThat(Reason.NO_REPLY.code()).isEqualTo(40);
        assertThat(Reason.AUTH_REQUIRED.code()).isEqualTo(100);
        assertThat(Reason.BLOCKED.code()).isEqualTo(204);
        assertThatThrownBy(() -> Reason.ofCode(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyCodeOfStagesStatesAndNetworksComesBack() {
        for (Stage stage : Stage.values()) {
            assertThat(Stage.ofCode(stage.code())).isEqualTo(stage);
        }
        for (RelayState state : RelayState.values()) {
            assertThat(RelayState.ofCode(state.code())).isEqualTo(state);
        }
        for (Network network : Network.values()) {
            assertThat(Network.ofCode(network.code())).isEqualTo(network);
        }
        for (CheckType check : CheckType.values()) {
            assertThat(CheckType.ofLabel(check.label())).isEqualTo(check);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "relay.example, CLEARNET",
        "abc.onion, TOR",
        "relay.i2p, I2P",
        "relay.loki, LOKI",
        "onion, CLEARNET",
        "abc.onion.example, CLEARNET",
        "notonion, CLEARNET",
        "127.0.0.1, CLEARNET",
        "::1, CLEARNET"
    })
    void theHostTellsTheNetwork(String host, Network network) {
        assertThat(Network.ofHost(host)).isEqualTo(network);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsExplainedInAClauseAtEveryStage(Reason reason) {
        for (Stage stage : Stage.values()) {
            assertThat(Explanation.of(stage, reason))
                    .matches("[a-z].*[^.]")
                    .doesNotContain(reason.label().contains("_") ? reason.label() : "_");
            assertThat(Explanation.of(new Outcome.Failed(stage, reason, "502"))).matches("[a-z].*[^.]");
        }
    }

    @Test
    void anExplanationNamesTheStatusButNotWhatTheRelayWrote() {
        assertThat(Explanation.of(new Outcome.Failed(Stage.UPGRADE, Reason.UPGRADE_STATUS, "502")))
                .isEqualTo("the server answered HTTP 502 instead of opening a WebSocket");
        assertThat(Explanation.of(new Outcome.Refused(Reason.PAYMENT_REQUIRED, "<b>pay</b>")))
                .isEqualTo("it asks for payment");
        assertThat(Explanation.of(new Outcome.Passed("[\"EOSE\"]"))).isEqualTo("it answered");
    }

    @Test
    void printableTextIsOneLineOfBoundedLength() {
        assertThat(Printable.of("a\r\n\tb\u0085c\u2028d\u202ee\ud800\udfffx\uD83D\uDE00", 50))
                .isEqualTo("a\\u000D\\u000A\\u0009b\\u0085c\\u2028d\\u202Ee\\u103FFx\uD83D\uDE00");
        assertThat(Printable.of("abcdef", 3)).isEqualTo("abc…");
        assertThat(Printable.of("abc", 3)).isEqualTo("abc");
    }
}
