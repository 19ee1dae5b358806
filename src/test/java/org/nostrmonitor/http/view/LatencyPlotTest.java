package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;
import org.nostrmonitor.storage.RelayViews.Result;

class LatencyPlotTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");

    private static Result result(int minutesAgo, @Nullable Integer openMs, @Nullable Integer writeMs) {
        Instant at = NOW.minus(Duration.ofMinutes(minutesAgo));
        return new Result(
                "eu",
                at,
                at,
                openMs == null ? RelayState.OFFLINE : RelayState.ONLINE,
                openMs == null ? Stage.TCP : null,
                openMs == null ? Reason.TCP_TIMEOUT : null,
                null,
                null,
                null,
                null,
                openMs == null ? null : Duration.ofMillis(openMs),
                null,
                writeMs == null ? null : Duration.ofMillis(writeMs));
    }

    @Test
    void everyCheckOfADayIsAPointOldestFirst() {
        List<Result> newestFirst =
                List.of(result(5, 40, null), result(20, null, null), result(35, 50, 9), result(24 * 60 + 1, 99, null));

        TimePlot plot = Objects.requireNonNull(LatencyPlot.ofChecks(newestFirst, Phase.OPEN, NOW));

        assertThat(plot.note()).startsWith("Every check is a point: 3 checks in the last 24 hours.");
        assertThat(plot.rows()).extracting(row -> row.values().get(0)).containsExactly("50", null, "40");
        assertThat(plot.rows()).extracting(row -> row.more().get(0)).containsExactly("online", "offline", "online");
        assertThat(plot.shades()).hasSize(1);
        assertThat(Objects.requireNonNull(LatencyPlot.ofChecks(newestFirst, Phase.WRITE, NOW))
                        .rows())
                .extracting(row -> row.values().get(0))
                .containsExactly("9.0", null, null);
        assertThat(LatencyPlot.ofChecks(newestFirst, Phase.READ, NOW)).isNull();
    }

    @Test
    void aLongerSpanShowsPercentilesAndHowMuchOfItWasUp() {
        Times times = new Times(3, Duration.ofMillis(40), Duration.ofMillis(70), Duration.ofMillis(90));
        Instant first = Instant.parse("2026-11-22T14:00:00Z");
        List<Point> points = new ArrayList<>();
        points.add(new Point(
                first,
                new Checks(2, 1, 1, 1),
                Duration.ofMinutes(45),
                Duration.ofMinutes(60),
                Map.of(Phase.OPEN, times, Phase.DNS, times)));
        points.add(new Point(
                first.plus(Duration.ofHours(1)), new Checks(0, 0, 0, 4), Duration.ZERO, Duration.ZERO, Map.of()));

        TimePlot plot = Objects.requireNonNull(LatencyPlot.ofPoints(points, Range.WEEK, Phase.OPEN, NOW));

        assertThat(plot.note()).startsWith("Median and 95th percentile of each hour, from 3 measurements.");
        assertThat(plot.rows().get(0).values()).containsExactly("40", "70");
        assertThat(plot.rows().get(0).more()).containsExactly("3 of 4", "75.00 %");
        assertThat(plot.rows().get(0).shaded()).isEqualTo("0.2500");
        assertThat(plot.rows().get(1).values()).containsExactly(null, null);
        assertThat(plot.rows().get(1).more()).containsExactly("0 of 0", "–");
        assertThat(plot.rows().get(1).shaded()).isNull();
    }

    @Test
    void rangesBeginWithAWholeHourQuarterOrDay() {
        assertThat(Range.WEEK.from(NOW)).isEqualTo("2026-11-15T16:00:00Z");
        assertThat(Range.MONTH.from(NOW)).isEqualTo("2026-10-23T12:00:00Z");
        assertThat(Range.YEAR.from(NOW)).isEqualTo("2025-11-22T00:00:00Z");
    }

    @Test
    void anythingElseIsABadParameter() {
        assertThat(Range.of(null)).isEqualTo(Range.DAY);
        assertThat(Range.of("1y")).isEqualTo(Range.YEAR);
        assertThatThrownBy(() -> Range.of("2y")).isInstanceOf(BadParameter.class);
        assertThat(LatencyPlot.phase("read")).isEqualTo(Phase.READ);
        assertThatThrownBy(() -> LatencyPlot.phase("dns")).isInstanceOf(BadParameter.class);
    }
}
