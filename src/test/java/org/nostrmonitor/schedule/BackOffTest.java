package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    private static final Instant GONE = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration CADENCE = Duration.ofMinutes(15);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofHours(6));

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT15M, PT15M",
        "PT50M, PT15M, PT15M",
        "PT4H, PT48M, PT72M",
        "PT12H, PT144M, PT216M",
        "PT24H, PT4H, PT6H",
        "P900D, PT4H, PT6H"
    })
    void isAQuarterOfTheOutageGiveOrTakeAFifthWithinItsBounds(Duration offline, Duration least, Duration most) {
        for (int relay = 1; relay <= 500; relay++) {
            assertThat(BACK_OFF.interval(relay, GONE, GONE.plus(offline), CADENCE))
                    .isBetween(least, most);
        }
    }

    @Test
    void isTheSameWheneverItIsAsked() {
        Instant last = GONE.plus(Duration.ofDays(3));

        assertThat(BACK_OFF.interval(7, GONE, last, CADENCE)).isEqualTo(BACK_OFF.interval(7, GONE, last, CADENCE));
    }

    @Test
    void spreadsRelaysThatWentTogether() {
        Instant last = GONE.plus(Duration.ofDays(3));
        Set<Long> cycles = new HashSet<>();
        for (int relay = 1; relay <= 500; relay++) {
            cycles.add(BACK_OFF.interval(relay, GONE, last, CADENCE).toMinutes() / 15);
        }

        assertThat(cycles).as("the quarter hours between four and six hours").hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void isNotTheSameForARelayEachTime() {
        assertThat(BACK_OFF.interval(7, GONE, GONE.plus(Duration.ofDays(3)), CADENCE))
                .isNotEqualTo(BACK_OFF.interval(7, GONE, GONE.plus(Duration.ofDays(4)), CADENCE));
    }

    @Test
    void isTheCadenceWhereTheBoundIsShorter() {
        Instant last = GONE.plus(Duration.ofDays(3));

        assertThat(new BackOff(Duration.ofMinutes(1)).interval(7, GONE, last, CADENCE))
                .isEqualTo(CADENCE);
    }

    @Test
    void takesNoHarmFromAClockThatWentBack() {
        assertThat(BACK_OFF.interval(7, GONE, GONE.minusSeconds(999_999), CADENCE))
                .isEqualTo(CADENCE);
    }
}
