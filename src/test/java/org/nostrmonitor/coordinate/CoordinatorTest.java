package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinatorTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-02T03:00:00Z, PT22M",
        "2026-03-02T03:21:30Z, PT24H30S",
        "2026-03-02T03:22:00Z, PT24H",
        "2026-03-02T12:00:00Z, PT15H22M",
        "2026-03-01T23:59:59Z, PT3H22M1S"
    })
    void comesEveryNightAtTheSameTime(Instant now, Duration wait) {
        assertThat(Coordinator.untilNight(now, Duration.ofMinutes(5))).isEqualTo(wait);
    }
}
