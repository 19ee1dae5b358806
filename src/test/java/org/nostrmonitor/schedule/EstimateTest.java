package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Estimate estimate = new Estimate();

    @Test
    void tellsHowLongAtThePaceOfTheLastMinute() {
        fall(0, 30, 1000, 5);
        fall(30, 100, 850, 10);

        assertThat(estimate.perSecond()).isEqualTo(10);
        assertThat(estimate.leftSeconds()).isEqualTo(15);
    }

    @Test
    void saysNothingAfterTooShortALook() {
        fall(0, 9, 1000, 50);

        assertThat(estimate.leftSeconds()).isNull();
        assertThat(estimate.perSecond()).isZero();
    }

    @Test
    void saysNothingWhenNothingMoves() {
        fall(0, 100, 500, 0);

        assertThat(estimate.leftSeconds()).isNull();
        assertThat(estimate.perSecond()).isZero();
    }

    @Test
    void saysNothingFromAHandfulOfJobs() {
        estimate.saw(START, 100);
        estimate.saw(START.plusSeconds(40), 95);

        assertThat(estimate.leftSeconds()).isNull();
    }

    @Test
    void beginsAnewWhenJobsArePlannedAgain() {
        fall(0, 40, 1000, 20);
        fall(40, 45, 900, 20);

        assertThat(estimate.leftSeconds()).isNull();
        fall(45, 60, 800, 10);
        assertThat(estimate.perSecond()).isBetween(10.0, 14.0);
    }

    @Test
    void holdsNoMoreThanAMinute() {
        for (int ms = 0; ms < 200_000; ms += 10) {
            estimate.saw(START.plusMillis(ms), 1_000_000 - ms);
        }

        assertThat(estimate.perSecond()).isEqualTo(1000);
    }

    private void fall(int fromSecond, int toSecond, int from, int each) {
        for (int i = 0; i <= toSecond - fromSecond; i++) {
            estimate.saw(START.plusSeconds(fromSecond + i), from - i * each);
        }
    }
}
