package org.nostrmonitor.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    private record Point(double seconds, double value) {}

    /** A point every ten seconds for twenty minutes. */
    private static Flatness of(IntToDoubleFunction value) {
        List<Point> points = IntStream.range(0, 120)
                .mapToObj(i -> new Point(10.0 * i, value.applyAsDouble(i)))
                .toList();
        return Flatness.of("figure", points, Point::seconds, Point::value, 1.1, 5);
    }

    @Test
    void whatJumpsAboutAndComesBackIsFlat() {
        Flatness flat = of(i -> 100 + (i % 6 == 0 ? 80 : 0));

        assertThat(flat.isFlat()).isTrue();
        assertThat(flat.perHour()).isBetween(-20.0, 20.0);
    }

    @Test
    void whatGrowsSlowlyAndNeverComesBackIsNot() {
        Flatness leak = of(i -> 100 + 0.25 * i);

        assertThat(leak.isFlat()).isFalse();
        assertThat(leak.perHour()).isBetween(89.9, 90.1);
        assertThat(leak.row()).contains("**no**");
    }

    @Test
    void nothingMeasuredIsNotFlat() {
        assertThat(Flatness.of("figure", List.<Point>of(), Point::seconds, Point::value, 1.1, 5)
                        .isFlat())
                .isFalse();
    }
}
