package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.NOON;
import static org.nostrmonitor.storage.Reports.offline;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;
import org.nostrmonitor.storage.Traits.Shares;

class PgRecentTest {
    private static final String A = "wss://a.example/";
    private static final Duration DAY = Duration.ofDays(1);

    /** A quarter of an hour up, and half an hour down. */
    private static final double A_THIRD = 0.3333;

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @BeforeEach
    void aRelayIsKnown() {
        STORAGE.know(A);
        STORAGE.postgres.execute("UPDATE daily_rolled_up SET until = '2025-01-06'");
    }

    private static RecentCounts counts() {
        return new RecentCounts(STORAGE.database());
    }

    private static Shares countedAt(Instant now) {
        await(counts().after(0, now));
        return item(now).traits().uptime();
    }

    private static Item item(Instant now) {
        RelayViews views = new PgRelayViews(STORAGE.database(), InstantSource.fixed(now));
        Query all = new Query("", null, null, null, null, null, Sort.URL, false, null, 50);
        return await(views.relays(all)).items().get(0);
    }

    /** As the page of the relay says it. */
    private static Shares toldAt(Instant now) {
        Uptimes told = await(STORAGE.history(now).uptime(RelayUrl.of(A)));
        return new Shares(share(told.day()), share(told.week()), share(told.month()));
    }

    private static @Nullable Double share(Up up) {
        long known = up.known().toSeconds();
        return known == 0 ? null : Math.floor(10_000.0 * up.up().toSeconds() / known) / 10_000;
    }

    private static void store(List<Reports> reports) {
        ReportStore store = STORAGE.reports();
        List<Future<?>> stored = new ArrayList<>();
        reports.forEach(report -> stored.add(store.store(report.finding())));
        await(Future.all(stored));
    }

    /**
     * The checks of so many hours before now, every half an hour from two regions; down for a while now and then, in one
     * region for longer.
     */
    private static void past(Instant now, int hours) {
        LocalDate last = Sheet.day(now);
        await(STORAGE.housekeeping().makePartitions(last.minusDays(hours / 24 + 1), last));
        STORAGE.postgres.execute("""
                INSERT INTO regions (name) VALUES ('local'), ('other') ON CONFLICT DO NOTHING;
                INSERT INTO relay_hourly AS h (relay_id, region, day, checks)
                SELECT r.id, g.id, (at AT TIME ZONE 'UTC')::date, string_agg(check_entry(at,
                    (CASE WHEN extract(epoch FROM at)::bigint / 3600 %% 17 < CASE g.name WHEN 'local' THEN 2 ELSE 4 END
                        THEN 3 ELSE 1 END)::smallint, 1, 1, 1, 1, 1, 1, 1, 1), ''::bytea ORDER BY at)
                FROM relays r, regions g, generate_series(timestamptz '%1$s' - interval '%2$d hours',
                    timestamptz '%1$s' - interval '1 s', interval '30 minutes') AS at
                WHERE g.name IN ('local', 'other') GROUP BY 1, 2, 3
                ON CONFLICT (relay_id, region, day) DO UPDATE SET checks = h.checks || EXCLUDED.checks""".formatted(now, hours));
    }

    @Test
    void saysInTheListWhatThePageOfTheRelaySays() {
        Instant now = NOON.plusSeconds(600);
        past(now, 12 * 24);

        Shares counted = countedAt(now);

        assertThat(counted).isEqualTo(toldAt(now));
        assertThat(counted.day()).isBetween(0.1, 0.95);
        assertThat(counted.week()).isNotEqualTo(counted.month());
    }

    @Test
    void goesOnFromWhatItCountedBefore() {
        for (int day = 8; day >= 0; day--) {
            Instant now = NOON.minus(DAY.multipliedBy(day));
            past(now, 24);
            assertThat(countedAt(now)).isEqualTo(toldAt(now));
        }
        Shares counted = countedAt(NOON);
        // What is settled is not read again.
        STORAGE.postgres.execute("DELETE FROM relay_hourly WHERE day < '2026-02-28'");

        assertThat(countedAt(NOON))
                .isEqualTo(counted)
                .extracting(Shares::week)
                .isNotEqualTo(toldAt(NOON).week());
    }

    @Test
    void aRelayThatNobodyChecksAnyMoreIsForgottenSpanBySpan() {
        store(List.of(online(A), offline(A).minutesLater(15)));
        assertThat(countedAt(NOON.plusSeconds(1800))).isEqualTo(new Shares(0.5, 0.5, 0.5));

        assertThat(countedAt(NOON.plus(DAY).plusSeconds(900))).isEqualTo(new Shares(0.0, A_THIRD, A_THIRD));
        assertThat(countedAt(NOON.plus(DAY.multipliedBy(2))))
                .extracting(Shares::day)
                .isNull();
        assertThat(countedAt(NOON.plus(DAY.multipliedBy(9))))
                .extracting(Shares::week)
                .isNull();
        assertThat(countedAt(NOON.plus(DAY.multipliedBy(9))))
                .extracting(Shares::month)
                .isNotNull();
        assertThat(countedAt(NOON.plus(DAY.multipliedBy(31)))).isEqualTo(Shares.NONE);
    }

    @Test
    void aResultThatComesLateIsCounted() {
        Instant now = NOON.plusSeconds(600);
        store(List.of(online(A)));
        countedAt(now);
        countedAt(now);
        assertThat(countedAt(now).week()).isEqualTo(1);

        store(List.of(offline(A).in("other").at(NOON.minus(DAY.multipliedBy(3)))));

        assertThat(countedAt(now))
                .isEqualTo(toldAt(now))
                .extracting(Shares::week)
                .isNotEqualTo(1.0);
    }

    @Test
    void aResultThatComesWhileItIsCountedIsNotLost() {
        Instant now = NOON.plusSeconds(600);
        store(List.of(online(A)));
        countedAt(now);
        String before = STORAGE.value("SELECT late FROM relay_recent");
        store(List.of(online(A).in("other").at(NOON.minus(DAY))));

        assertThat(STORAGE.value("SELECT late FROM relay_recent")).isNotEqualTo(before);
        assertThat(STORAGE.value("SELECT through FROM relay_recent")).isEqualTo("2026-02-28");
    }

    @Test
    void showsHowFastItOpenedInEachHour() {
        List<Reports> reports = new ArrayList<>();
        for (int minutes = 0; minutes < 60; minutes += 15) {
            reports.add(online(A).opensIn(100 + minutes).minutesLater(minutes));
        }
        reports.add(online(A).opensIn(400).at(NOON.minus(Duration.ofHours(23))));
        reports.add(online(A).opensIn(900).at(NOON.minus(Duration.ofHours(24))));
        reports.add(offline(A).at(NOON.minus(Duration.ofHours(2))));
        store(reports);
        Instant now = NOON.plusSeconds(3599);
        countedAt(now);

        List<@Nullable Duration> spark = item(now).spark();

        assertThat(spark).hasSize(24);
        assertThat(millis(spark.get(23))).isBetween(112L, 119L);
        assertThat(millis(spark.get(0))).isBetween(389L, 411L);
        assertThat(spark.subList(1, 23)).containsOnlyNulls();
        List<@Nullable Duration> later = item(now.plusSeconds(7200)).spark();
        assertThat(later.get(21)).isEqualTo(spark.get(23));
        assertThat(later.get(0)).isNull();
    }

    private static long millis(@Nullable Duration time) {
        return Objects.requireNonNull(time).toMillis();
    }

    @Test
    void countsAllInTurnAndThenWaitsForAMinute() {
        STORAGE.knowMany(150);
        STORAGE.postgres.execute("UPDATE recent_turn SET after_id = 0, next_at = now(), began_at = now()");
        String due = "UPDATE recent_turn SET next_at = now()";

        await(counts().some());
        assertThat(STORAGE.value("SELECT count(*) FROM relay_recent")).isEqualTo("100");
        STORAGE.postgres.execute(due);
        await(counts().some());
        assertThat(STORAGE.value("SELECT count(*) FROM relay_recent")).isEqualTo("151");
        STORAGE.postgres.execute(due);
        await(counts().some());

        assertThat(STORAGE.value("SELECT after_id FROM recent_turn")).isEqualTo("0");
        assertThat(STORAGE.value("SELECT next_at > now() + interval '30 s' FROM recent_turn"))
                .isEqualTo("true");
    }
}
