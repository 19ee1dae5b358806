package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StandsTest {
    private static final Instant CHECKED = Instant.parse("2026-11-22T12:00:00Z");

    private static boolean stands(RelayState state, Duration inItBefore, Duration later) {
        return Stands.at(CHECKED.plus(later), state, CHECKED.minus(inItBefore), CHECKED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ONLINE", "DEGRADED"})
    void aCheckThatFoundARelayUpStandsForHalfAnHourHoweverLongItWasUp(RelayState up) {
        assertThat(stands(up, Duration.ofDays(90), Duration.ofMinutes(30))).isTrue();
        assertThat(stands(up, Duration.ofDays(90), Duration.ofMinutes(30).plusMillis(1)))
                .isFalse();
    }

    /** Three tenths of the time dead, and half an hour. */
    @ParameterizedTest
    @CsvSource({"0,1800", "3600,2880", "86400,27720", "90000,28800", "8640000,28800"})
    void aDeadRelayIsLeftAloneForLonger(long secondsDead, long seconds) {
        Duration dead = Duration.ofSeconds(secondsDead);

        assertThat(stands(RelayState.OFFLINE, dead, Duration.ofSeconds(seconds)))
                .isTrue();
        assertThat(stands(RelayState.OFFLINE, dead, Duration.ofSeconds(seconds + 1)))
                .isFalse();
    }

    @Test
    void ofWhatIsUnknownNothingIsClaimedThatCouldBeOld() {
        assertThat(stands(RelayState.UNKNOWN, Duration.ZERO, Duration.ofDays(9)))
                .isTrue();
        assertThat(Stands.at(CHECKED, RelayState.ONLINE, CHECKED.minusSeconds(99_999), null))
                .isTrue();
    }
}
