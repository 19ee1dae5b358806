package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void printsMillisecondsAsFineAsTheyMatter() {
        assertThat(Numbers.ms(Duration.ofNanos(420_000))).isEqualTo("0.4");
        assertThat(Numbers.ms(Duration.ofNanos(9_960_000))).isEqualTo("10");
        assertThat(Numbers.ms(Duration.ofMillis(3144))).isEqualTo("3,144");
    }

    @Test
    void neverRoundsUpToAHundredPerCentWhenSomethingIsMissing() {
        assertThat(Numbers.percent(99_999, 100_000, 2)).isEqualTo("99.99");
        assertThat(Numbers.percent(100_000, 100_000, 2)).isEqualTo("100.00");
    }

    @Test
    void tellsLengthsOfTimeInTwoUnits() {
        assertThat(Numbers.span(Duration.ofSeconds(40))).isEqualTo("40 s");
        assertThat(Numbers.span(Duration.ofMinutes(167))).isEqualTo("2 h 47 min");
        assertThat(Numbers.span(Duration.ofDays(3))).isEqualTo("3 d");
    }

    @Test
    void tellsTheDayOnlyIfItIsNotToday() {
        Instant now = Instant.parse("2026-11-22T16:37:00Z");

        assertThat(When.of(Instant.parse("2026-11-22T14:05:12Z"), now).text()).isEqualTo("14:05");
        assertThat(When.of(Instant.parse("2026-11-09T03:15:40Z"), now).text()).isEqualTo("9 Nov, 03:15");
        assertThat(When.of(Instant.parse("2025-12-31T23:59:59Z"), now).text()).isEqualTo("31 Dec 2025, 23:59");
    }
}
