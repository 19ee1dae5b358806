package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.Statistics.Place;
import org.nostrmonitor.storage.Statistics.Shape;

class NetworkPlotsTest {
    private static final Instant FROM = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T05:30:00Z");

    private static NetworkPoint hour(int hour, int online, int degraded, int offline, int unknown) {
        Instant from = FROM.plus(Duration.ofHours(hour));
        return new NetworkPoint(from, from.plusSeconds(3500), online, degraded, offline, unknown);
    }

    private static @Nullable StatePlot plot(NetworkPoint... points) {
        return StatePlot.of(List.of(points), Range.DAY, FROM, NOW, Resolution.HOUR);
    }

    @Test
    void statesAreStackedInStepsFromTheBottom() {
        StatePlot plot = Objects.requireNonNull(plot(hour(0, 50, 10, 20, 0), hour(1, 60, 10, 10, 0)));

        // The axis ends at 80: 50 of them are 625 of a thousand.
        assertThat(plot.areas().get(0).d()).isEqualTo("M0 375V375h1V250h1V1000h-1V1000h-1z");
        assertThat(plot.areas().get(1).d()).isEqualTo("M0 250V250h1V125h1V250h-1V375h-1z");
        assertThat(plot.areas().get(2).edge()).isEqualTo("M0 0h1V0h1");
        assertThat(plot.width()).isEqualTo(6);
        assertThat(plot.lines()).extracting(StatePlot.Line::text).containsExactly("20", "40", "60", "80");
    }

    @Test
    void anHourThatNobodyCountedIsAGap() {
        StatePlot plot = Objects.requireNonNull(plot(hour(0, 4, 0, 0, 0), hour(2, 4, 0, 0, 0), hour(3, 4, 0, 0, 0)));

        assertThat(plot.areas().get(0).d()).isEqualTo("M0 0V0h1V1000h-1zM2 0V0h1V0h1V1000h-1V1000h-1z");
        assertThat(plot.note())
                .isEqualTo(
                        "4 relays were online at every count in the last 24 hours. Nothing is drawn where nobody counted.");
    }

    @Test
    void whatIsNotThereHasNoLine() {
        StatePlot plot = Objects.requireNonNull(
                plot(hour(0, 4, 0, 0, 0), hour(1, 4, 2, 2, 0), hour(2, 4, 4, 0, 0), hour(3, 8, 0, 0, 0)));

        assertThat(plot.areas().get(0).edge()).isEqualTo("M0 500h1V500h1V500h1V0h1");
        assertThat(plot.areas().get(1).edge()).isEqualTo("M1 250h1V0h1");
        assertThat(plot.areas().get(2).edge()).isEqualTo("M1 0h1");
        assertThat(plot.areas().get(3).edge()).isEmpty();
    }

    @Test
    void theTableSaysWhatIsDrawn() {
        StatePlot plot = Objects.requireNonNull(plot(hour(0, 50, 10, 1020, 3), hour(1, 60, 10, 1010, 0)));

        assertThat(plot.rows())
                .containsExactly(
                        new StatePlot.Row("00:00", "50", "10", "1,020", "3"),
                        new StatePlot.Row("01:00", "60", "10", "1,010", "0"));
        assertThat(plot.note()).startsWith("50 to 60 relays were online in the last 24 hours.");
    }

    @Test
    void oneCountIsNoHistory() {
        assertThat(plot(hour(0, 50, 10, 20, 0))).isNull();
        assertThat(plot()).isNull();
    }

    @Test
    void ofAWeekTheTableHasTheLastCountOfEachDay() {
        List<NetworkPoint> points = new ArrayList<>();
        for (int hour = 0; hour < 60; hour++) {
            points.add(hour(hour, hour, 0, 0, 0));
        }
        StatePlot plot = Objects.requireNonNull(
                StatePlot.of(points, Range.WEEK, FROM, FROM.plus(Duration.ofHours(60)), Resolution.HOUR));

        assertThat(plot.rows()).extracting(StatePlot.Row::when).containsExactly("22 Nov", "23 Nov", "24 Nov");
        assertThat(plot.rows()).extracting(StatePlot.Row::online).containsExactly("23", "47", "59");
        assertThat(plot.ticks()).extracting(Axis.Tick::text).containsExactly("Sun 22", "Mon 23", "Tue 24");
    }

    @ParameterizedTest
    @CsvSource({
        "0,4",
        "3,4",
        "5,8",
        "12,12",
        "13,16",
        "60,60",
        "61,80",
        "99,100",
        "14208,16000",
        "100000,100000",
        "100001,120000"
    })
    void anAxisEndsWhereItsQuartersAreRound(int count, int end) {
        assertThat(Ceiling.of(count)).isEqualTo(end);
        assertThat(end % 4).isZero();
    }

    private static Shape shape(List<Integer> opens, List<Place> places, int up) {
        int located = places.stream().mapToInt(Place::up).sum();
        return new Shape(NOW, up, opens, List.of(new Count("DE", 3)), 3, 1, places, located);
    }

    @Test
    void barsOfOpeningTimesAddUpToTheRelaysThatTheNoteNames() {
        OpenPlot plot = Objects.requireNonNull(OpenPlot.of(
                shape(List.of(1, 8, 3, 0, 0, 0, 0, 0, 0, 0, 0, 4), List.of(), 20),
                Duration.ofMillis(62),
                Duration.ofMillis(7500)));

        assertThat(plot.columns().stream()
                        .mapToInt(column -> Integer.parseInt(column.relays()))
                        .sum())
                .isEqualTo(16);
        assertThat(plot.note())
                .isEqualTo(
                        "16 relays that are up, by what the last check measured, in milliseconds. Of 4 more there is no time.");
        assertThat(plot.columns().get(0).what()).isEqualTo("under 25 ms");
        assertThat(plot.columns().get(9).what()).isEqualTo("1 s to 2 s");
        assertThat(plot.columns().get(11).what()).isEqualTo("5 s or more");
        assertThat(plot.columns().get(1).height()).isEqualTo("168.0");
        // In the middle of the third of twelve spans; in the middle of the last, if that is as long as what is before
        // it.
        assertThat(plot.marks()).extracting(OpenPlot.Mark::x).containsExactly("20.67%", "95.83%");
    }

    @Test
    void noTimeIsNoPlot() {
        assertThat(OpenPlot.of(shape(List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), List.of(), 20), null, null))
                .isNull();
    }

    @Test
    void theAreaOfACircleIsHowManyRelaysAreUp() {
        WorldMap map = WorldMap.of(shape(
                List.of(),
                List.of(new Place(52.5, 13.4, 120, 100), new Place(-33.9, 151.2, 25, 25), new Place(0, 0, 5, 0)),
                140));

        assertThat(map.circles()).hasSize(2);
        WorldMap.Circle berlin = map.circles().get(0);
        assertThat(berlin.x()).isEqualTo("91.7");
        assertThat(berlin.y()).isEqualTo("15.9");
        assertThat(Double.parseDouble(berlin.r()))
                .isEqualTo(2 * Double.parseDouble(map.circles().get(1).r()));
        assertThat(berlin.title()).isEqualTo("52.5° N 13.4° E: 100 of 120 relays are up");
        assertThat(berlin.href()).isEqualTo("/relays?near=52.50%2C13.40&km=100");
        assertThat(map.circles().get(1).title()).startsWith("33.9° S 151.2° E");
        assertThat(map.note()).startsWith("15 relays that are up are not placed:");
    }

    @Test
    void ofVeryManyPlacesTheSmallOnesAreNotDrawnAndThatIsSaid() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 310; i++) {
            places.add(new Place(i % 80, i % 170, 1, 1));
        }

        WorldMap map = WorldMap.of(shape(List.of(), places, 310));

        assertThat(map.circles()).hasSize(300);
        assertThat(map.note()).startsWith("10 more relays are in places with fewer, which are not drawn.");
    }

    @Test
    void rangesThatAPageDoesNotHaveAreNamed() {
        assertThatThrownBy(() -> Range.of("2w", Range.WEEK, NetworkParts.RANGES))
                .isInstanceOf(BadParameter.class)
                .hasMessage("range is not one of 24h, 7d, 30d, 1y");
        assertThat(Range.of(null, Range.WEEK, NetworkParts.RANGES)).isEqualTo(Range.WEEK);
    }
}
