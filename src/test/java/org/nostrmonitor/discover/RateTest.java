package org.nostrmonitor.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Rate rate = new Rate(10, 0);

    @Test
    void letsTwoSecondsWorthPassAtOnceAndNoMore() {
        rate.take(20, 0);
        assertThat(rate.owed(0)).isZero();
        rate.take(5, 0);
        assertThat(rate.owed(0)).isEqualTo(Duration.ofMillis(500));
        assertThat(rate.owed(SECOND / 4)).isEqualTo(Duration.ofMillis(250));
        assertThat(rate.owed(SECOND)).isZero();
    }

    @Test
    void savesNothingUpBeyondThat() {
        rate.take(0, 100 * SECOND);
        rate.take(30, 100 * SECOND);
        assertThat(rate.owed(100 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    }
}
