package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FailedTriesTest {
    private final AtomicReference<Instant> time = new AtomicReference<>(DemoClient.NOW);
    private final FailedTries tries = new FailedTries(time::get);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            tries.failed(address);
        }
    }

    @Test
    void theEleventhWithinAMinuteHasToWaitForItsEnd() {
        fail("a", FailedTries.ALLOWED - 1);
        time.updateAndGet(t -> t.plusSeconds(20));
        assertThat(tries.wait("a")).isZero();
        fail("a", 1);

        assertThat(tries.wait("a")).isEqualTo(Duration.ofSeconds(40));
        assertThat(tries.wait("b")).isZero();
        time.updateAndGet(t -> t.plusSeconds(40));
        assertThat(tries.wait("a")).isZero();
        assertThat(tries.failed("a")).isEqualTo(1);
    }

    @Test
    void remembersABoundedNumberOfAddresses() {
        for (int i = 0; i < 5_000; i++) {
            tries.failed("address " + i);
        }

        assertThat(tries.size()).isEqualTo(1_000);
    }
}
