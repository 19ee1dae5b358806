package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BenchAccuracyErrorsTest {
    @Test
    void countBothDirections() {
        assertThat(BenchAccuracyErrors.of(List.of(-3_000_000L, 1_000_000L, 2_000_000L)))
                .isEqualTo(new BenchAccuracyErrors(3, 2, 3, 3));
    }

    @Test
    void areThoseThatSoManyDoNotExceed() {
        List<Long> hundred =
                LongStream.rangeClosed(1, 100).map(ms -> ms * 1_000_000).boxed().toList();
        assertThat(BenchAccuracyErrors.of(hundred)).isEqualTo(new BenchAccuracyErrors(100, 50, 99, 100));
    }

    @Test
    void areNothingWithoutTimes() {
        assertThat(BenchAccuracyErrors.of(List.of())).isEqualTo(new BenchAccuracyErrors(0, 0, 0, 0));
    }
}
