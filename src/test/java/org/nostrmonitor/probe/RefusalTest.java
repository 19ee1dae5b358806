package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @ParameterizedTest
    @CsvSource({
        "pow: difficulty 26 is less than 30, 30",
        "pow: 28 bits of proof of work needed, 28",
        "pow: difficulty 25>=24, 25",
        "pow: see NIP-13; at least 8, 8",
        "pow: needs 20., 20",
        "pow: 20bits please, 20",
        "pow: 16-bit work within 60 seconds, 16",
        "pow: difficulty 3 < 20 at wss://relay.example:443/v1.2, 20",
    })
    void readsHowMuchWorkIsWanted(String message, int bits) {
        assertThat(Refusal.bits(message)).hasValue(bits);
    }

    @Test
    void knowsNoNumberWhereNoneIs() {
        assertThat(Refusal.bits("pow: difficulty too low, see NIP-13 and 10.0.0.1"))
                .isEqualTo(OptionalInt.empty());
        assertThat(Refusal.bits("pow: 0 bits or 4096")).isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unsupported: COUNT",
                "ERROR: bad msg: unknown cmd",
                "ERROR: bad msg: negentropy disabled",
                "error: could not parse command",
                "Unrecognized message type",
                "invalid: unknown message type",
                "search is not supported",
            })
    void takesForAnInabilityWhatSaysSo(String message) {
        assertThat(Refusal.isInability(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth-required: unknown user",
                "restricted: not supported for you",
                "blocked: unknown",
                "rate-limited: disabled for a minute",
                "error: unknown, too many requests",
                "you are being rate limited, command disabled",
                "error: the database is away",
                "invalid: event is too long",
                "hello",
                "",
            })
    void takesForNoInabilityWhatMayBeAPolicyALimitOrAnAccident(String message) {
        assertThat(Refusal.isInability(message)).isFalse();
    }
}
