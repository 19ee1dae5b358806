package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Place;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Shape;
import org.nostrmonitor.storage.Statistics.Tallies;

class PgStatisticsTest {
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private final Statistics statistics = new PgStatistics(STORAGE.database());

    /** Twelve relays: eight up, two of them degraded, three down, one never checked. */
    @BeforeEach
    void aDozenRelays() {
        STORAGE.knowMany(12);
        STORAGE.postgres.execute("""
                UPDATE relay_summary s SET state = CASE WHEN n <= 6 THEN 1 WHEN n <= 8 THEN 2 WHEN n <= 11 THEN 3 ELSE 0 END,
                    open_us = CASE WHEN n <= 7 THEN n * 24000 END,
                    software = CASE WHEN n <= 4 THEN 'strfry' WHEN n <= 6 THEN 'khatru' WHEN n = 9 THEN 'gone' END,
                    nips = CASE WHEN n <= 5 THEN ARRAY[1, 11, 1] ELSE '{}' END,
                    country = CASE WHEN n <= 3 THEN 'DE' WHEN n <= 5 THEN 'FI' END,
                    asn = CASE WHEN n <= 3 THEN 24940 END,
                    lat = CASE WHEN n <= 3 THEN 52.4 + n * 0.02 WHEN n = 4 THEN 60.17 WHEN n = 10 THEN -33.9 END,
                    lon = CASE WHEN n <= 3 THEN 13.4 WHEN n = 4 THEN 24.94 WHEN n = 10 THEN 151.2 END
                FROM (SELECT relay_id, row_number() OVER (ORDER BY url) AS n FROM relay_summary) AS x
                WHERE x.relay_id = s.relay_id""");
    }

    private static void count() {
        await(STORAGE.housekeeping().countNetwork());
    }

    private Tallies tallies(Kind kind, int days, int most) {
        return await(statistics.tallies(kind, today.minusDays(days - 1L), today, most));
    }

    @Test
    void knowNothingBeforeSomebodyCounted() {
        assertThat(await(statistics.shape())).isNull();
        assertThat(tallies(Kind.SOFTWARE, 30, 10).days()).isEmpty();
        assertThat(tallies(Kind.SOFTWARE, 30, 10).series()).isEmpty();
    }

    @Test
    void tellHowLongRelaysThatAreUpTakeToOpen() {
        count();
        Shape shape = Objects.requireNonNull(await(statistics.shape()));

        assertThat(shape.up()).isEqualTo(8);
        // 24, 48, 72, 96, 120, 144 and 168 ms.
        assertThat(shape.opens()).containsExactly(1, 1, 1, 1, 2, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aTimeOnABoundIsInTheLongerBucket() {
        STORAGE.postgres.execute("UPDATE relay_summary SET open_us = 25000 WHERE state IN (1, 2)");
        count();

        assertThat(Objects.requireNonNull(await(statistics.shape())).opens())
                .startsWith(0, 8)
                .hasSize(12);
    }

    @Test
    void tellWhereRelaysAreAndHowManyOfThemAreUp() {
        count();
        Shape shape = Objects.requireNonNull(await(statistics.shape()));

        assertThat(shape.countries()).containsExactly(new Count("DE", 3), new Count("FI", 2));
        assertThat(shape.inCountry()).isEqualTo(5);
        assertThat(shape.differentCountries()).isEqualTo(2);
        assertThat(shape.places())
                .containsExactly(
                        new Place(52.44, 13.4, 3, 3), new Place(60.17, 24.94, 1, 1), new Place(-33.9, 151.2, 1, 0));
        assertThat(shape.located()).isEqualTo(4);
    }

    @Test
    void countWhatRelaysThatAreUpSayOrAre() {
        count();

        Tallies software = tallies(Kind.SOFTWARE, 30, 10);
        assertThat(software.series())
                .containsExactly(new Series("strfry", null, List.of(4)), new Series("khatru", null, List.of(2)));
        Day counted = software.days().get(0);
        assertThat(counted.day()).isEqualTo(today);
        assertThat(counted.up()).isEqualTo(8);
        assertThat(counted.told()).isEqualTo(6);
        assertThat(counted.different()).isEqualTo(2);
        assertThat(tallies(Kind.NETWORK, 30, 10).series()).containsExactly(new Series("clearnet", null, List.of(8)));
        assertThat(tallies(Kind.COUNTRY, 30, 10).days().get(0).told()).isEqualTo(5);
    }

    @Test
    void aRelayThatNamesANipTwiceCountsOnceForIt() {
        count();

        Tallies nips = tallies(Kind.NIP, 30, 10);
        assertThat(nips.series())
                .containsExactly(new Series("1", null, List.of(5)), new Series("11", null, List.of(5)));
        assertThat(nips.days().get(0).told()).isEqualTo(5);
    }

    @Test
    void aSystemHasTheNameThatAReportGivesIt() {
        STORAGE.postgres.execute("""
                INSERT INTO regions (name) VALUES ('local') ON CONFLICT DO NOTHING;
                INSERT INTO relay_current (relay_id, region, state, since, cycle, checked_at, report)
                SELECT relay_id, (SELECT id FROM regions WHERE name = 'local'), 1, now(), now(), now(),
                    '{"facts":{"place":{"asn":24940,"asName":"Hetzner Online"}}}'
                FROM relay_summary WHERE asn = 24940 LIMIT 1""");
        count();

        assertThat(tallies(Kind.ASN, 30, 10).series())
                .containsExactly(new Series("24940", "Hetzner Online", List.of(3)));
    }

    @Test
    void aliasesAndDisabledRelaysAreNotCounted() {
        STORAGE.postgres.execute("UPDATE relays SET enabled = false WHERE url = 'wss://r00000.example/';"
                + "UPDATE relays SET alias_of = (SELECT id FROM relays WHERE url = 'wss://r00002.example/')"
                + " WHERE url = 'wss://r00001.example/'");
        count();

        assertThat(tallies(Kind.SOFTWARE, 30, 1).series()).containsExactly(new Series("khatru", null, List.of(2)));
        assertThat(Objects.requireNonNull(await(statistics.shape())).up()).isEqualTo(6);
    }

    @Test
    void ofADayTheLastCountStays() {
        count();
        STORAGE.postgres.execute("UPDATE relay_summary SET software = 'khatru' WHERE software = 'strfry';"
                + "UPDATE network_tally_days SET taken_at = now() - interval '11 min'");
        count();

        assertThat(tallies(Kind.SOFTWARE, 30, 10).series()).containsExactly(new Series("khatru", null, List.of(6)));
    }

    @Test
    void nothingIsCountedTwiceWithinTenMinutesByHoweverManyNodes() {
        await(Future.all(List.of(
                new NetworkTallies(STORAGE.database()).refresh(),
                new NetworkTallies(STORAGE.database()).refresh(),
                new NetworkTallies(STORAGE.database()).refresh())));
        String first = STORAGE.value("SELECT max(taken_at) FROM network_tally_days");
        count();

        assertThat(STORAGE.value("SELECT max(taken_at) FROM network_tally_days"))
                .isEqualTo(first);
        assertThat(STORAGE.value("SELECT count(DISTINCT taken_at) FROM network_tally_days"))
                .isEqualTo("1");
    }

    private void before(int days, String what, int relays, int different) {
        STORAGE.postgres.execute("""
                INSERT INTO network_tally_days VALUES (1, '%1$s'::date - %2$d, now(), 100, 90, %5$d) ON CONFLICT DO NOTHING;
                INSERT INTO network_tallies (kind, what, day, relays) VALUES (1, '%3$s', '%1$s'::date - %2$d, %4$d)
                """.formatted(today, days, what, relays, different));
    }

    @Test
    void aValueOverTheDaysHasAGapWhereItWasNotKept() {
        count();
        before(1, "khatru", 7, 51);
        before(3, "strfry", 5, 2);
        before(3, "khatru", 9, 2);
        before(5, "other", 9, 1);

        Tallies software = tallies(Kind.SOFTWARE, 30, 10);

        assertThat(software.days())
                .extracting(Day::day)
                .containsExactly(today.minusDays(5), today.minusDays(3), today.minusDays(1), today);
        assertThat(software.series()).extracting(Series::what).containsExactly("strfry", "khatru");
        assertThat(software.series().get(0).relays()).containsExactly(0, 5, null, 4);
        assertThat(software.series().get(1).relays()).containsExactly(0, 9, 7, 2);
    }

    @Test
    void theMostFrequentOfTheLastDayOfTheSpanAreTold() {
        count();
        before(3, "old", 50, 2);
        before(3, "older", 60, 2);

        Tallies then = await(statistics.tallies(Kind.SOFTWARE, today.minusDays(9), today.minusDays(2), 1));

        assertThat(then.series()).containsExactly(new Series("older", null, List.of(60)));
    }

    @Test
    void ofALongSpanSomeDaysAreToldBackFromTheLast() {
        count();
        for (int days = 1; days < 420; days++) {
            before(days, "strfry", days, 1);
        }

        Tallies year = tallies(Kind.SOFTWARE, 400, 1);
        Tallies tooLong = tallies(Kind.SOFTWARE, 5000, 1);

        assertThat(year.everyDays()).isEqualTo(2);
        assertThat(year.days()).hasSize(200);
        assertThat(year.days().get(199).day()).isEqualTo(today);
        assertThat(year.series().get(0).relays())
                .hasSize(200)
                .startsWith(398, 396)
                .endsWith(2, 4);
        assertThat(tooLong.everyDays()).isEqualTo(4);
    }

    @Test
    void onlyFiftyValuesOfADayAreKept() {
        STORAGE.postgres.execute(
                "UPDATE relay_summary SET nips = ARRAY(SELECT generate_series(1, 80)) WHERE state = 1");
        count();

        Tallies nips = tallies(Kind.NIP, 1, 1000);

        assertThat(nips.series()).hasSize(50);
        assertThat(nips.days().get(0).different()).isEqualTo(80);
    }

    @Test
    void whatIsOlderThanDaysAreKeptIsForgotten() {
        count();
        before(9, "strfry", 5, 2);
        before(10, "strfry", 5, 2);

        await(STORAGE.housekeeping().dropDays(today.minusDays(9)));

        assertThat(tallies(Kind.SOFTWARE, 30, 10).days()).hasSize(2);
        assertThat(STORAGE.value("SELECT count(*) FROM network_tallies WHERE kind = 1"))
                .isEqualTo("3");
    }
}
