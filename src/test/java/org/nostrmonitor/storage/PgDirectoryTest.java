package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;

/** What lists hold in memory is what is stored, after whatever happened to that. */
class PgDirectoryTest {
    private static final Query ALL =
            new Query("", null, null, null, null, null, Aliases.ALL, Narrowing.NONE, Sort.URL, false, null, 200);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void everyChangeIsSeenByWhoeverAsksAfterIt() {
        RelayViews kept = STORAGE.views();
        Random random = new Random(14);
        for (int i = 0; i < 60; i++) {
            change(random, i);

            Page seen = await(kept.relays(ALL));

            assertThat(seen).isEqualTo(await(STORAGE.views().relays(ALL)));
            assertThat(seen.total())
                    .isEqualTo(Integer.parseInt(STORAGE.value("SELECT count(*) FROM relay_summary WHERE listed > 0")));
        }
    }

    private static void change(Random random, int round) {
        int modulus = 2 + random.nextInt(5);
        String some = " WHERE relay_id % " + modulus + " = " + random.nextInt(modulus);
        switch (random.nextInt(8)) {
            case 0, 1 -> STORAGE.know("wss://a" + round + ".example/", "wss://" + round + ".example/");
            case 2, 3 ->
                STORAGE.postgres.execute("UPDATE relay_summary SET name = 'n" + round + "', open_us = " + round + some);
            case 4 -> STORAGE.postgres.execute("UPDATE relay_summary SET uptime = 9900" + some);
            case 5 ->
                STORAGE.postgres.execute("UPDATE relays SET enabled = NOT enabled" + some.replace("relay_id", "id"));
            case 6 ->
                STORAGE.postgres.execute("DELETE FROM relays" + some.replace("relay_id", "id") + " AND id % 3 = 0");
            default -> {
                if (random.nextInt(4) == 0) {
                    STORAGE.postgres.execute("TRUNCATE relays CASCADE");
                }
            }
        }
    }

    @Test
    void whatIsCommittedLateIsSeenThen() throws SQLException {
        STORAGE.know("wss://a.example/", "wss://b.example/", "wss://c.example/");
        RelayViews kept = STORAGE.views();
        await(kept.relays(ALL));
        try (Connection connection = DriverManager.getConnection(STORAGE.postgres.jdbcUrl());
                Statement late = connection.createStatement()) {
            connection.setAutoCommit(false);
            late.execute("UPDATE relay_summary SET name = 'late' WHERE url = 'wss://a.example/'");
            late.execute("DELETE FROM relays WHERE url = 'wss://c.example/'");
            STORAGE.postgres.execute("UPDATE relay_summary SET name = 'early' WHERE url = 'wss://b.example/'");
            assertThat(names(kept)).containsExactly(null, "early", null);
            // Read again from the same snapshots on, nothing is missed and nothing is seen too soon.
            assertThat(names(kept)).containsExactly(null, "early", null);

            connection.commit();

            assertThat(names(kept)).containsExactly("late", "early");
        }
    }

    @Test
    void whatIsRolledBackNeverWas() throws SQLException {
        STORAGE.know("wss://a.example/");
        RelayViews kept = STORAGE.views();
        await(kept.relays(ALL));
        try (Connection connection = DriverManager.getConnection(STORAGE.postgres.jdbcUrl());
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(false);
            other.execute("DELETE FROM relays");
            await(kept.relays(ALL));
            connection.rollback();
        }
        assertThat(names(kept)).hasSize(1);
    }

    /** The numbers of its transactions begin anew then, and what was written before seems to come from the future. */
    @Test
    void aDatabaseThatWasRestoredIsReadAsAnyOther() {
        STORAGE.know("wss://a.example/", "wss://b.example/");
        STORAGE.postgres.execute("ALTER TABLE relay_summary DISABLE TRIGGER relay_summary_written;"
                + " UPDATE relay_summary SET writer = writer + 1000000;"
                + " ALTER TABLE relay_summary ENABLE TRIGGER relay_summary_written");
        RelayViews kept = STORAGE.views();
        assertThat(names(kept)).hasSize(2);

        STORAGE.postgres.execute("UPDATE relay_summary SET name = 'new' WHERE url = 'wss://b.example/'");

        assertThat(names(kept)).containsExactly(null, "new");
    }

    @Test
    void anotherServerThanBeforeIsReadFromItsBegin() {
        DirectoryReader reader = new DirectoryReader(STORAGE.database());
        String now = await(reader.since("1:1:")).snapshot();

        assertThat(await(reader.since(now)).anew()).isFalse();
        assertThat(await(reader.since("1000000000:1000000000:")).anew()).isTrue();
    }

    @Test
    void whereVeryManyWereRemovedAllIsReadAgain() {
        STORAGE.knowMany(10_003);
        RelayViews kept = STORAGE.views();
        assertThat(await(kept.relays(ALL)).total()).isEqualTo(10_003);

        STORAGE.postgres.execute("DELETE FROM relays WHERE id NOT IN (SELECT max(id) FROM relays)");

        assertThat(await(kept.relays(ALL)).total()).isEqualTo(1);
    }

    @Test
    void moreThanAPageOfChangesIsSeen() {
        RelayViews kept = STORAGE.views();
        await(kept.relays(ALL));
        STORAGE.knowMany(5_000);
        assertThat(await(kept.relays(ALL)).total()).isEqualTo(5_000);

        STORAGE.postgres.execute("UPDATE relay_summary SET name = 'x'");

        Query named = new Query("zeb", null, null, null, null, null, Sort.NAME, false, null, 200);
        STORAGE.postgres.execute("UPDATE relay_summary SET search = 'zebra'");
        assertThat(await(kept.relays(named)).total()).isEqualTo(5_000);
        STORAGE.postgres.execute("DELETE FROM relays WHERE id % 2 = 0");
        assertThat(await(kept.relays(named)).total()).isEqualTo(2_500);
    }

    /** Whoever asks while others do is told no less than was stored before. */
    @Test
    void nobodyIsToldOfAnEarlierTime() {
        STORAGE.know("wss://a.example/");
        RelayViews kept = STORAGE.views();
        List<Future<Page>> asked = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            await(STORAGE.database().run("UPDATE relay_summary SET open_us = " + i));
            asked.add(kept.relays(ALL));
        }
        for (int i = 1; i <= 100; i++) {
            Item item = await(asked.get(i - 1)).items().get(0);
            assertThat(item.open()).isNotNull().isGreaterThanOrEqualTo(Duration.ofNanos(i * 1_000L));
        }
    }

    @Test
    void whatWasIsToldWithItsTimeWhenPostgresFails() {
        STORAGE.know("wss://a.example/");
        RelayViews kept = STORAGE.views();
        assertThat(await(kept.relays(ALL)).stale()).isNull();
        STORAGE.know("wss://b.example/");
        STORAGE.postgres.execute("ALTER TABLE relays_removed RENAME TO elsewhere");

        Page before = await(kept.relays(ALL));
        Page part = await(kept.part(ALL));

        STORAGE.postgres.execute("ALTER TABLE elsewhere RENAME TO relays_removed");
        assertThat(before.stale()).isEqualTo(Reports.NOON.plusSeconds(60)).isEqualTo(part.stale());
        assertThat(before.items())
                .singleElement()
                .satisfies(item -> assertThat(item.strip()).isEmpty());
        Page after = await(kept.relays(ALL));
        assertThat(after.stale()).isNull();
        assertThat(after.items())
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.strip()).hasSize(96));
    }

    @Test
    void whatWasIsToldWhenPostgresDoesNotAnswer() throws SQLException {
        STORAGE.know("wss://a.example/");
        RelayViews kept = STORAGE.views();
        await(kept.relays(ALL));
        try (Connection connection = DriverManager.getConnection(STORAGE.postgres.jdbcUrl());
                Statement holding = connection.createStatement()) {
            connection.setAutoCommit(false);
            holding.execute("LOCK TABLE relay_summary IN ACCESS EXCLUSIVE MODE");

            assertThat(await(kept.relays(ALL)).stale()).isNotNull();
            // The first one waited for a while, nobody else has to.
            long begun = System.nanoTime();
            assertThat(await(kept.relays(ALL)).stale()).isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));

            connection.rollback();
        }
        await(kept.keepCurrent());
        assertThat(await(kept.relays(ALL)).stale()).isNull();
    }

    /** As a later version may write it, which knows more reasons. */
    @Test
    void aRowThatNobodyCanReadCostsOneRelayItsPlace() {
        STORAGE.know("wss://a.example/", "wss://b.example/");
        RelayViews kept = STORAGE.views();
        assertThat(names(kept)).hasSize(2);

        STORAGE.postgres.execute(
                "UPDATE relay_summary SET state = 3, stage = 1, reason = 999 WHERE url = 'wss://a.example/'");

        assertThat(names(kept)).hasSize(1);
        assertThat(names(STORAGE.views())).hasSize(1);
        STORAGE.postgres.execute("UPDATE relay_summary SET reason = 1 WHERE url = 'wss://a.example/'");
        assertThat(names(kept)).hasSize(2);
    }

    /** A reading that fails holds up no later one. */
    @Test
    void afterAFailureItIsReadAgain() {
        STORAGE.know("wss://a.example/");
        RelayViews kept = new PgRelayViews(STORAGE.database(), InstantSource.system());
        STORAGE.postgres.execute("ALTER TABLE relay_summary RENAME TO elsewhere");
        List<Future<Page>> failing = List.of(kept.relays(ALL), kept.relays(ALL), kept.relays(ALL));
        failing.forEach(page -> assertThatThrownBy(() -> await(page)).isNotNull());

        STORAGE.postgres.execute("ALTER TABLE elsewhere RENAME TO relay_summary");

        assertThat(names(kept)).hasSize(1);
    }

    private static List<String> names(RelayViews views) {
        return await(views.relays(ALL)).items().stream().map(Item::name).toList();
    }
}
