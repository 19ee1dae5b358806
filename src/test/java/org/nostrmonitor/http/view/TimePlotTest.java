package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.TimePlot.Curve;
import org.nostrmonitor.http.view.TimePlot.Sample;
import org.nostrmonitor.http.view.TimePlot.Shade;
import org.nostrmonitor.http.view.TimePlot.Sketch;

class TimePlotTest {
    private static final Instant FROM = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofHours(10));

    private static TimePlot plot(Duration width, Sample... samples) {
        return Objects.requireNonNull(none(width, samples));
    }

    private static @Nullable TimePlot none(Duration width, Sample... samples) {
        Sketch sketch = new Sketch(
                "A note.",
                "A caption",
                TimePlot.Unit.MILLIS,
                FROM,
                TO,
                width,
                Duration.ofHours(1),
                List.of(new Curve("median", "l-p50")),
                "offline",
                "From",
                List.of("Answered"));
        return TimePlot.of(sketch, List.of(samples), TO);
    }

    private static Sample hour(int hour, @Nullable Double value, double shaded) {
        return new Sample(FROM.plus(Duration.ofHours(hour)), Arrays.asList(value), shaded, List.of("4 of 4"));
    }

    @Test
    void aLineJoinsNeighboursAndStopsWhereNothingWasMeasured() {
        TimePlot plot = plot(
                Duration.ofHours(1),
                hour(0, 40.0, 0),
                hour(1, 80.0, 0),
                hour(2, null, 0),
                hour(3, 60.0, 0),
                hour(6, 20.0, 0));

        assertThat(plot.lines().get(0).d()).isEqualTo("M50.0 60.0h.1L150.0 20.0M350.0 40.0h.1M650.0 80.0h.1");
        assertThat(plot.top()).isEqualTo("100");
    }

    @Test
    void theTableHasTheSameNumbersAndADashForNone() {
        TimePlot plot = plot(Duration.ofHours(1), hour(0, 41.26, 0), hour(1, null, 1));

        assertThat(plot.rows()).extracting(row -> row.values().get(0)).containsExactly("41", null);
        assertThat(plot.rows())
                .extracting(row -> row.at().iso())
                .containsExactly("2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z");
        assertThat(plot.rows()).extracting(TimePlot.Row::shaded).containsExactly(null, "1.0000");
    }

    @Test
    void whatIsShadedAlikeAndAdjoinsIsOneAndAsHighAsItsShare() {
        TimePlot plot = plot(
                Duration.ofHours(1),
                hour(0, 40.0, 0),
                hour(1, null, 1),
                hour(2, null, 1),
                hour(3, 40.0, 0.25),
                hour(7, null, 0.25));

        assertThat(plot.shades())
                .containsExactly(
                        new Shade("100.0", "200.0", "0.0", "100.0"),
                        new Shade("300.0", "100.0", "75.0", "25.0"),
                        new Shade("700.0", "100.0", "75.0", "25.0"));
        assertThat(plot.shade()).isEqualTo("offline");
    }

    @Test
    void withoutAnyValueThereIsNoChart() {
        assertThat(none(Duration.ofHours(1), hour(0, null, 1))).isNull();
        assertThat(none(Duration.ofHours(1))).isNull();
    }

    @Test
    void theEdgeIsRoundAndAboveAllAndSoAreItsQuarters() {
        assertThat(plot(Duration.ZERO, hour(0, 0.3, 0)).levels())
                .extracting(TimePlot.Level::text)
                .containsExactly("0.08 ms", "0.16 ms", "0.24 ms");
        assertThat(plot(Duration.ZERO, hour(0, 3144.0, 0)).levels())
                .extracting(TimePlot.Level::text)
                .containsExactly("1,000 ms", "2,000 ms", "3,000 ms");
        assertThat(plot(Duration.ZERO, hour(0, 3144.0, 0)).top()).isEqualTo("4000");
    }

    @Test
    void theAxisHasHoursDaysDatesOrMonths() {
        assertThat(texts(Duration.ofHours(24))).contains("06:00", "09:00").doesNotContain("Sun");
        assertThat(texts(Duration.ofDays(7))).containsExactly("Mon", "Tue", "Wed", "Thu", "Fri", "Sat");
        assertThat(texts(Duration.ofDays(30))).hasSize(5).allMatch(text -> text.matches("\\d{1,2} (Nov|Dec)"));
        assertThat(texts(Duration.ofDays(365)))
                .hasSize(11)
                .contains("2027", "Feb")
                .doesNotContain("Jan");
    }

    private static List<String> texts(Duration span) {
        return Axis.of(FROM, FROM.plus(span)).stream().map(Axis.Tick::text).toList();
    }
}
