package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerRateTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final CallerRate rate = new CallerRate(2, nanos::get);

    private int passing(String site, int requests) {
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            passed += rate.ask(site).isZero() ? 1 : 0;
        }
        return passed;
    }

    private void later(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Test
    void fiveSecondsWorthMayComeAtOnceAndThenAsManyAsTheRateAllows() {
        assertThat(passing("a", 100)).isEqualTo(10);
        assertThat(rate.ask("a")).isEqualTo(Duration.ofMillis(500));
        assertThat(passing("b", 1)).isEqualTo(1);
        later(Duration.ofSeconds(2));
        assertThat(passing("a", 100)).isEqualTo(4);
        later(Duration.ofHours(1));
        assertThat(passing("a", 100)).isEqualTo(10);
    }

    @Test
    void lessThanOneInFiveSecondsIsStillOneAtOnce() {
        CallerRate slow = new CallerRate(0.01, nanos::get);

        assertThat(slow.ask("a")).isZero();
        assertThat(slow.ask("a")).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void remembersABoundedNumberOfSitesAndOfThoseTheOnesThatAskedLast() {
        assertThat(passing("busy", 10)).isEqualTo(10);
        for (int i = 0; i < 50_000; i++) {
            passing("site " + i, 1);
            assertThat(rate.ask("busy")).isPositive();
        }

        assertThat(rate.size()).isEqualTo(CallerRate.MOST_SITES);
    }
}
