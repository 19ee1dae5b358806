package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void printsMillisecondsAsFineAsTheyMatter() {
        assertThat(Numbers.ms(Duration.ofNanos(420_000))).isEqualTo("0.4");
        assertThat(Numbers.ms(Duration.ofNanos(9_960_000))).isEqualTo("10");
        assertThat(Numbers.ms(Duration.ofMillis(3144))).isEqualTo("3,144");
    }

    @Test
    void printsWhatTheLibraryPrints() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(12) - 2);
            for (int decimals = 0; decimals <= 4; decimals++) {
                String expected = String.format(Locale.ROOT, "%." + decimals + "f", value);
                assertThat(Numbers.fixed(value, decimals))
                        .isEqualTo(expected.matches("-[0.]+") ? expected.substring(1) : expected);
            }
            long n = Math.round(value);
            assertThat(Numbers.count(n)).isEqualTo(String.format(Locale.ROOT, "%,d", n));
            assertThat(Numbers.tenths(n, 1)).isEqualTo(String.format(Locale.ROOT, "%,.1f", (double) n));
        }
        assertThat(Numbers.fixed(0.25, 1)).isEqualTo("0.3");
        assertThat(Numbers.fixed(-0.01, 1)).isEqualTo("0.0");
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
