package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.offline;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.RelayViews.Item;

/** What the overview says of incidents. */
class PgOngoingTest {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    /** From the first state on: 1 online, 2 degraded, 3 offline. */
    @Test
    void tellsWhatIsWorseThanItWasAndWhatCameBack() {
        Map<String, String> lives = Map.of(
                "wss://down.example/", "13",
                "wss://longer.example/", "13",
                "wss://never.example/", "33",
                "wss://worse.example/", "12",
                "wss://through.example/", "123",
                "wss://better.example/", "121",
                "wss://back.example/", "131",
                "wss://half.example/", "132",
                "wss://old.example/", "131",
                "wss://alias.example/", "13");
        lives.forEach(PgOngoingTest::live);
        STORAGE.postgres.execute("""
                UPDATE relay_summary SET since = now() - interval '24 hours'
                    + CASE WHEN url IN ('wss://longer.example/', 'wss://old.example/') THEN -1 ELSE 1 END * interval '1 minute'
                    + relay_id * interval '1 second';
                UPDATE relays SET alias_of = (SELECT id FROM relays WHERE url = 'wss://never.example/')
                WHERE url = 'wss://alias.example/'""");

        Ongoing now = Objects.requireNonNull(await(STORAGE.views().overview()).incidents());

        assertThat(now.down()).isEqualTo(2);
        assertThat(now.downLonger()).isEqualTo(1);
        assertThat(now.offlineFirst()).isEqualTo(1);
        assertThat(now.degraded()).isEqualTo(1);
        assertThat(now.back()).isEqualTo(2);
        assertThat(now.newest())
                .isSortedAccordingTo(Comparator.comparing(Item::since).reversed())
                .extracting(item -> item.url().host())
                .containsExactlyInAnyOrder("down.example", "longer.example", "worse.example", "through.example");
        assertThat(now.returned())
                .extracting(item -> item.url().host())
                .containsExactlyInAnyOrder("back.example", "half.example");
        assertThat(await(STORAGE.views().overview()).changes()).hasSize(8);
    }

    private static void live(String url, String states) {
        STORAGE.know(url);
        for (int i = 0; i < states.length(); i++) {
            Reports found = states.charAt(i) == '3' ? offline(url) : online(url);
            Reports then = (states.charAt(i) == '2' ? found.writeFailed() : found).minutesLater(15L * i);
            await(STORAGE.reports().store(then.finding()));
        }
    }

    /** More than are read at once: the rest is counted. */
    @Test
    void countsWhatIsWorseBeyondWhatIsListed() {
        for (int i = 0; i < 15; i++) {
            live("wss://r%02d.example/".formatted(i), "13");
        }

        STORAGE.postgres.execute("""
                UPDATE relay_summary SET since = now() - interval '24 hours' - interval '1 minute' * CASE
                    WHEN url IN ('wss://r13.example/', 'wss://r14.example/') THEN 1 ELSE -1 END""");

        Ongoing now = Objects.requireNonNull(await(STORAGE.views().overview()).incidents());

        assertThat(now.down()).isEqualTo(13);
        assertThat(now.downLonger()).isEqualTo(2);
        assertThat(now.newest()).hasSize(10);
    }

    /** While versions change, a node that does not know of incidents may have counted last. */
    @Test
    void tellsNoIncidentsThatNobodyCounted() {
        live("wss://a.example/", "13");
        await(STORAGE.views().overview());
        STORAGE.postgres.execute("""
                UPDATE network_now SET counts =
                    replace(replace(counts::text, '"worse"', '"other"'), 'worse_in_a_day', 'x')::json""");

        assertThat(await(STORAGE.views().overview()).incidents()).isNull();
    }

    /** However many changed in another way since: no row is read that is not wanted, and none is sorted. */
    @Test
    void readsTheNewestOfEachKindAlongAnIndexOfItsOwn() throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(STORAGE.postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
            try (ResultSet rows = statement.executeQuery("EXPLAIN (COSTS off) " + ViewSql.CHANGES)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }

        assertThat(plan)
                .contains("relay_turned_worse", "relay_turned_back", "relay_turned_better")
                .doesNotContain("Filter", "Sort", "Cond");
    }
}
