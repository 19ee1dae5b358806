package org.nostrmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * * | PT15M",
                "* * * * * | PT1M",
                "0 * * * * | PT1H",
                "0 */6 * * * | PT6H",
                "0 9-17 * * * | PT1H",
                "*/7 * * * * | PT7M",
                "0,10 * * * * | PT50M",
                "30 4 * * * | PT24H",
                "0 0 * * 1 | PT168H"
            })
    void hasTheUsualGapForItsCadence(String cron, Duration gap) {
        assertThat(new CronTicks(cron).cadence(Instant.parse("2026-03-02T14:05:06Z")))
                .isEqualTo(gap);
    }

    @Test
    void knowsTheTicksThatHavePassed() {
        CronTicks ticks = new CronTicks("*/15 * * * *");

        assertThat(ticks.upTo(NOON)).isEqualTo(NOON);
        assertThat(ticks.upTo(NOON.minusMillis(1))).isEqualTo(NOON.minusSeconds(900));
        assertThat(ticks.upTo(NOON.plusMillis(899_999))).isEqualTo(NOON);
        assertThat(ticks.isTick(NOON)).isTrue();
        assertThat(ticks.isTick(NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void listsTheTicksBetweenOldestFirstAndTheNewestOfTooMany() {
        CronTicks ticks = new CronTicks("*/15 * * * *");

        assertThat(ticks.between(NOON.minusSeconds(1), NOON.plusSeconds(1000), 10))
                .containsExactly(NOON, NOON.plusSeconds(900));
        assertThat(ticks.between(NOON, NOON.plusSeconds(899), 10)).isEmpty();
        assertThat(ticks.between(NOON, NOON.plus(Duration.ofDays(400)), 2))
                .containsExactly(NOON.plus(Duration.ofDays(400)).minusSeconds(900), NOON.plus(Duration.ofDays(400)));
    }

    @Test
    void refusesWhatIsNoCronExpression() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CronTicks("every quarter"));
    }
}
