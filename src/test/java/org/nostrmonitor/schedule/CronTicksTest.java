package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CronTicksTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void ticksAtTheQuarterHoursOfUtc() {
        CronTicks ticks = new CronTicks("*/15 * * * *");

        assertThat(ticks.after(NOON.plusSeconds(1))).isEqualTo(Instant.parse("2026-11-22T12:15:00Z"));
        assertThat(ticks.after(NOON.minusSeconds(1))).isEqualTo(NOON);
    }

    @Test
    void doesNotTickTwiceAtTheSameMoment() {
        assertThat(new CronTicks("*/15 * * * *").after(NOON)).isEqualTo(Instant.parse("2026-11-22T12:15:00Z"));
    }

    @Test
    void knowsItsCadence() {
        assertThat(new CronTicks("*/15 * * * *").cadence(NOON)).isEqualTo(Duration.ofMinutes(15));
        assertThat(new CronTicks("0 * * * *").cadence(NOON)).isEqualTo(Duration.ofHours(1));
    }
}
