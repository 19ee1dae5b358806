package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTest {
    private static final Instant DAY = Instant.parse("2026-03-02T14:05:06Z");

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
    void isTheUsualGapBetweenExecutions(String cron, Duration gap) {
        assertThat(Cadence.of(cron, DAY)).isEqualTo(gap);
    }

    @Test
    void refusesWhatIsNoCronExpression() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cadence.of("every quarter", DAY));
    }
}
