package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.History.Times;

class TimeCodeTest {
    private static final Percentage PROMISED = Percentage.withPercentage(2.7);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void keepsEveryTimeFromATenthOfAMillisecondToAMinuteTrueToWhatItPromises() {
        for (long micros = 100; micros < 60_000_000; micros += 1 + micros / 500) {
            Duration kept = TimeCode.time(TimeCode.ofMicros(micros));

            assertThat(kept.toNanos() / 1000.0).isCloseTo((double) micros, PROMISED);
        }
    }

    @Test
    void putsWhatIsOutsideIntoTheFirstAndTheLast() {
        assertThat(TimeCode.ofMicros(0)).isEqualTo(1);
        assertThat(TimeCode.ofMicros(Integer.MAX_VALUE)).isEqualTo(255);
        assertThat(TimeCode.of(null)).isZero();
    }

    @Test
    void isTheSameInPostgres() {
        for (long micros = 1; micros < 70_000_000; micros += 1 + micros / 20) {
            String code = STORAGE.value("SELECT get_byte(time_code(" + micros + "), 0)");

            assertThat(code).isEqualTo("" + TimeCode.ofMicros(micros));
        }
        assertThat(STORAGE.value("SELECT get_byte(time_code(NULL), 0)")).isEqualTo("0");
    }

    @Test
    void addsUpAndTellsPercentiles() {
        Histogram one = new Histogram();
        Histogram other = new Histogram();
        for (int i = 1; i <= 1000; i++) {
            (i % 3 == 0 ? one : other).add(TimeCode.ofMicros(i * 1000L));
        }
        one.add(TimeCode.NONE);
        java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();
        other.write(written);
        one.read(java.nio.ByteBuffer.wrap(written.toByteArray()));

        Times times = Objects.requireNonNull(one.times());

        assertThat(times.count()).isEqualTo(1000);
        assertThat((double) times.p50().toMillis()).isCloseTo(500, PROMISED);
        assertThat((double) times.p95().toMillis()).isCloseTo(950, PROMISED);
        assertThat((double) times.p99().toMillis()).isCloseTo(990, PROMISED);
    }

    @Test
    void writesWhatCameMoreOftenThanAByteHolds() {
        Histogram many = new Histogram();
        for (int i = 0; i < 1000; i++) {
            many.add(7);
        }
        java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();
        many.write(written);
        Histogram read = new Histogram();
        read.read(java.nio.ByteBuffer.wrap(written.toByteArray()));

        assertThat(Objects.requireNonNull(read.times()).count()).isEqualTo(1000);
        assertThat(new Histogram().times()).isNull();
    }
}
