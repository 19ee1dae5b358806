package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.CycleNow.Estimate;
import org.nostrmonitor.storage.CycleRepository.Cycle;

class CycleNowTest {
    private static final Instant START = Instant.parse("2026-11-22T16:30:00Z");

    @Test
    void tellsTheTimeLeftOfTheRegionThatNeedsTheLongest() {
        CycleNow cycle = new CycleNow(START, List.of(running("a", 750, 100), running("b", 500, 299)));

        assertThat(cycle.tail(START.plusSeconds(300))).isEqualTo("about 5 min left");
        assertThat(cycle.done()).isEqualTo(1250);
    }

    @Test
    void promisesNothingThatNobodyMeasures() {
        CycleNow cycle = new CycleNow(START, List.of(running("a", 750, 100), running("b", 500, null)));

        assertThat(cycle.tail(START.plusSeconds(300))).isEqualTo("running");
    }

    @Test
    void promisesNothingThatEndsAfterTheDeadline() {
        assertThat(new CycleNow(START, List.of(running("a", 150, 541))).tail(START.plusSeconds(300)))
                .isEqualTo("running");
    }

    @Test
    void doesNotKnowWhatTheQueueDoesNotTell() {
        CycleNow cycle = new CycleNow(START, List.of(running("a", null, null), running("b", 500, 20)));

        assertThat(cycle.done()).isNull();
        assertThat(cycle.tail(START.plusSeconds(300))).isEqualTo("running");
    }

    private static CycleNow.Region running(String name, @Nullable Integer done, @Nullable Integer left) {
        Cycle cycle = new Cycle(START, name, "running", 1000, START.plusSeconds(840), START, null, null);
        Estimate estimate = left == null ? null : new Estimate(2, Duration.ofSeconds(left));
        return CycleNow.Region.of(cycle, done, 0, estimate);
    }
}
