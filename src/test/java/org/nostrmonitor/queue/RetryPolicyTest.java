package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.RetryPolicy.Decision;
import org.nostrmonitor.queue.RetryPolicy.Decision.RetryAfter;

class RetryPolicyTest {
    private final Random random = new Random(66);

    @Test
    void buriesAfterTheLastAttempt() {
        assertThat(RetryPolicy.DEFAULT.after(3, random)).isEqualTo(new Decision.Bury());
        assertThat(RetryPolicy.DEFAULT.after(4, random)).isEqualTo(new Decision.Bury());
    }

    @Test
    void delaysTheFirstRetryByTwoToFourSeconds() {
        for (int i = 0; i < 1000; i++) {
            assertThat(delayAfter(RetryPolicy.DEFAULT, 1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void neverDelaysLongerThanTheMost() {
        RetryPolicy patient = new RetryPolicy(100, Duration.ofSeconds(2), Duration.ofSeconds(60));
        for (int attempt = 1; attempt < 100; attempt++) {
            assertThat(delayAfter(patient, attempt)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(60));
        }
    }

    @Test
    void spreadsTheDelays() {
        assertThat(java.util.stream.Stream.generate(() -> delayAfter(RetryPolicy.DEFAULT, 2))
                        .limit(50)
                        .distinct()
                        .count())
                .isGreaterThan(40);
    }

    private Duration delayAfter(RetryPolicy policy, int attempt) {
        return ((RetryAfter) policy.after(attempt, random)).delay();
    }
}
