package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CycleNowTest {
    private static final Instant START = Instant.parse("2026-11-22T16:30:00Z");

    @Test
    void estimatesFromThePaceOfTheSlowestRegion() {
        CycleNow cycle = new CycleNow(START, List.of(running("a", 750), running("b", 500)));

        assertThat(cycle.tail(START.plusSeconds(300))).isEqualTo("about 5 min left");
        assertThat(cycle.done()).isEqualTo(1250);
    }

    @Test
    void promisesNothingFromAFewResults() {
        assertThat(new CycleNow(START, List.of(running("a", 19))).tail(START.plusSeconds(300)))
                .isEqualTo("running");
    }

    @Test
    void promisesNothingThatEndsAfterTheDeadline() {
        assertThat(new CycleNow(START, List.of(running("a", 150))).tail(START.plusSeconds(300)))
                .isEqualTo("running");
    }

    @Test
    void doesNotKnowWhatTheQueueDoesNotTell() {
        CycleNow cycle = new CycleNow(START, List.of(running("a", null), running("b", 500)));

        assertThat(cycle.done()).isNull();
        assertThat(cycle.tail(START.plusSeconds(300))).isEqualTo("running");
    }

    private static CycleNow.Region running(String name, @Nullable Integer done) {
        return new CycleNow.Region(name, START, "running", 1000, done, START, START.plusSeconds(840), null, null);
    }
}
