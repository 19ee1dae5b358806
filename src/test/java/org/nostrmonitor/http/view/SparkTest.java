package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SparkTest {
    private static String d(@Nullable Integer... ms) {
        List<@Nullable Duration> hours = new ArrayList<>();
        for (Integer value : ms) {
            hours.add(value == null ? null : Duration.ofMillis(value));
        }
        Spark spark = Spark.of(hours);
        return spark == null ? "nothing" : spark.d();
    }

    @Test
    void steadyTimesAreALineInTheMiddle() {
        assertThat(d(10, 10, 10)).isEqualTo("M0 8L36 8L72 8");
    }

    @Test
    void thePeakReachesTheTop() {
        assertThat(d(10, 100, 10)).isEqualTo("M0 14L36 1L72 14");
    }

    @Test
    void whereNothingWasMeasuredIsAGapAndAnHourAloneIsStillSeen() {
        assertThat(d(10, null, 10, 10, null)).isEqualTo("M0 8h1M36 8L54 8");
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(d(null, null)).isEqualTo("nothing");
        assertThat(d()).isEqualTo("nothing");
    }
}
