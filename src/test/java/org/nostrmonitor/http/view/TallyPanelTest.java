package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Tallies;

class TallyPanelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T05:30:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private static Day day(int before, int told, int different) {
        return new Day(TODAY.minusDays(before), NOW, 100, told, different);
    }

    private static TallyPanel panel(Kind kind, List<Day> days, Series... series) {
        return panel(1, kind, days, series);
    }

    private static TallyPanel panel(int everyDays, Kind kind, List<Day> days, Series... series) {
        return TallyPanel.of(new Tallies(kind, everyDays, days, List.of(series)), TODAY, NOW);
    }

    private static TimePlot plot(TallyPanel panel) {
        return Objects.requireNonNull(panel.plot());
    }

    private static Series series(String what, @Nullable Integer... relays) {
        return new Series(what, null, Arrays.asList(relays));
    }

    @Test
    void aRowTellsNowItsShareAndWhatChanged() {
        TallyPanel panel = panel(
                Kind.SOFTWARE,
                List.of(day(30, 80, 2), day(1, 80, 2), day(0, 80, 2)),
                series("git+https://github.com/hoytech/strfry.git", 50, 58, 60),
                series("khatru", 25, 22, 20));

        TrendRow strfry = panel.rows().get(0);
        assertThat(strfry.name().flat()).isEqualTo("strfry");
        assertThat(strfry.count()).isEqualTo("60");
        assertThat(strfry.share()).isEqualTo("75.0");
        assertThat(strfry.change()).isEqualTo("+10");
        assertThat(panel.rows().get(1).change()).isEqualTo("−5");
        assertThat(panel.rows().get(1).width()).isEqualTo("33.3%");
        assertThat(panel.since()).isEqualTo("23 Oct");
        assertThat(panel.note()).contains("Of 100 relays that are up, 80 say what they run: 2 different names.");
    }

    @Test
    void daysThatWereNotCountedAreGapsAndNeverZero() {
        TimePlot plot = plot(panel(
                Kind.SOFTWARE,
                List.of(day(9, 80, 2), day(8, 80, 2), day(2, 80, 2), day(1, 80, 2), day(0, 80, 2)),
                series("strfry", 40, 40, 60, 60, 20),
                series("khatru", 10, 20, 20, 20, 20)));

        // Ten days of a hundred each, up to 80: a point in the middle of its day.
        assertThat(plot.lines().get(0).d()).isEqualTo("M50.0 50.0h.1L150.0 50.0M750.0 25.0h.1L850.0 25.0L950.0 75.0");
        assertThat(plot.rows())
                .extracting(row -> row.at().text())
                .containsExactly("13 Nov", "14 Nov", "20 Nov", "21 Nov", "22 Nov");
        assertThat(plot.gap()).isEqualTo(86_400);
    }

    @Test
    void whatWasNotKeptOfADayIsAGapAndThatIsSaid() {
        TallyPanel panel = panel(
                Kind.ASN,
                List.of(day(3, 80, 60), day(2, 80, 60), day(1, 80, 60), day(0, 80, 60)),
                series("24940", 8, 8, 8, 8),
                series("16509", 2, null, null, 8));
        TimePlot plot = plot(panel);

        assertThat(plot.lines().get(1).d()).isEqualTo("M125.0 83.3h.1M875.0 33.3h.1");
        assertThat(plot.rows()).extracting(row -> row.values().get(1)).containsExactly("2", null, null, "8");
        assertThat(plot.caption()).contains("– was not among the 50 most frequent of that day, and was not kept.");
        assertThat(plot(panel(Kind.ASN, List.of(day(1, 9, 2), day(0, 9, 2)), series("1", 1, 1), series("2", 1, 0)))
                        .caption())
                .doesNotContain("not kept");
    }

    @Test
    void ofEverySecondDayNeighboursAreTwoDaysApart() {
        TimePlot plot = plot(panel(
                2,
                Kind.SOFTWARE,
                List.of(day(8, 80, 2), day(6, 80, 2), day(2, 80, 2), day(0, 80, 2)),
                series("strfry", 4, 4, 4, 4),
                series("khatru", 2, 2, 2, 2)));

        assertThat(plot.lines().get(0).d()).matches("M\\S+ \\S+L[^ML]+M\\S+ \\S+L[^ML]+");
        assertThat(plot.gap()).isEqualTo(2 * 86_400);
    }

    @Test
    void theFiveThatMostRelaysHaveTodayAreDrawnAndTheAxisBeginsAtZero() {
        Series[] ten = IntStream.range(0, 10)
                .mapToObj(i -> series("soft-" + i, i == 9 ? 5_000 : 990 - i, 1_000 - i))
                .toArray(Series[]::new);
        TallyPanel panel = panel(Kind.SOFTWARE, List.of(day(1, 80, 10), day(0, 80, 10)), ten);
        TimePlot plot = plot(panel);

        assertThat(plot.lines())
                .extracting(line -> line.name().flat())
                .containsExactly("soft-0", "soft-1", "soft-2", "soft-3", "soft-4");
        assertThat(plot.lines()).extracting(TimePlot.Line::css).containsExactly("l-c1", "l-c2", "l-c3", "l-c4", "l-c5");
        assertThat(panel.rows()).hasSize(10);
        // 1,000 of 1,200 from the bottom: a sixth from the top, though nothing is below 986.
        assertThat(plot.lines().get(0).d()).endsWith("L750.0 16.7");
        assertThat(plot.levels()).extracting(TimePlot.Level::text).containsExactly("300", "600", "900");
    }

    @Test
    void levelsOfFewRelaysAreWholeRelays() {
        TimePlot plot =
                plot(panel(Kind.COUNTRY, List.of(day(1, 3, 2), day(0, 3, 2)), series("DE", 1, 2), series("FI", 0, 1)));

        assertThat(plot.levels()).extracting(TimePlot.Level::text).containsExactly("1", "2", "3");
        assertThat(plot.unit()).isEmpty();
    }

    @Test
    void oneDayOrOneValueIsNoChart() {
        TallyPanel young = panel(Kind.NETWORK, List.of(day(0, 100, 2)), series("clearnet", 90), series("tor", 10));
        assertThat(young.plot()).isNull();
        assertThat(young.since()).isNull();
        assertThat(young.rows().get(0).change()).isNull();
        assertThat(young.rows().get(0).name().flat()).isEqualTo("Clearnet");

        TallyPanel alone = panel(Kind.NETWORK, List.of(day(1, 90, 1), day(0, 100, 1)), series("clearnet", 90, 100));
        assertThat(alone.plot()).isNull();
        assertThat(alone.rows().get(0).change()).isEqualTo("+10");
    }

    @Test
    void numbersHaveAWordBesideThem() {
        TallyPanel panel = panel(Kind.NIP, List.of(day(1, 9, 2), day(0, 9, 2)), series("42", 9, 9), series("11", 8, 8));

        assertThat(plot(panel).lines()).extracting(line -> line.name().flat()).containsExactly("NIP 42", "NIP 11");
        assertThat(panel.rows().get(0).name().flat()).isEqualTo("42");
        assertThat(panel.rows().get(0).more()).isEqualTo("Authentication");
    }

    @Test
    void aLegendTakesNoLongNameAndObeysNone() {
        TallyPanel panel = panel(
                Kind.SOFTWARE,
                List.of(day(1, 9, 2), day(0, 9, 2)),
                series("x".repeat(150), 9, 9),
                series("a\u202eb", 8, 8));

        assertThat(plot(panel).lines().get(0).name().flat()).isEqualTo("x".repeat(32) + "…");
        assertThat(plot(panel).lines().get(1).name().flat()).isEqualTo("aU+202Eb");
    }

    @Test
    void whatIsNotKnownIsSaidInWords() {
        assertThat(panel(Kind.COUNTRY, List.of(day(0, 0, 0))).note()).startsWith("Not known. Places come from");
        assertThat(panel(Kind.ASN, List.of()).note()).isEmpty();
        assertThat(panel(Kind.ASN, List.of()).plot()).isNull();
    }

    @Test
    void aSystemHasItsNameAndItsNumber() {
        TrendRow named = panel(Kind.ASN, List.of(day(0, 9, 1)), new Series("24940", "Hetzner", List.of(9)))
                .rows()
                .get(0);
        TrendRow nameless = panel(Kind.ASN, List.of(day(0, 9, 1)), series("24940", 9))
                .rows()
                .get(0);

        assertThat(named.name().flat() + " " + named.more()).isEqualTo("Hetzner AS24940");
        assertThat(nameless.name().flat()).isEqualTo("AS24940");
        assertThat(nameless.href()).isEqualTo("/relays?asn=24940");
    }
}
