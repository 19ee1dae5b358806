package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.NOON;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgHousekeepingTest {
    private static final LocalDate FIRST = LocalDate.parse("2031-12-30");

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void makesAndDropsTheDaysOfResults() {
        assertThat(await(housekeeping().makePartitions(FIRST, FIRST.plusDays(3))))
                .isEqualTo(4);
        assertThat(await(housekeeping().makePartitions(FIRST, FIRST.plusDays(4))))
                .isEqualTo(1);

        assertThat(await(housekeeping().dropPartitions(FIRST.plusDays(2)))).isEqualTo(2);
        assertThat(await(housekeeping().dropPartitions(FIRST.plusDays(2)))).isZero();
        assertThat(await(housekeeping().dropPartitions(FIRST.plusDays(5)))).isEqualTo(3);
    }

    @Test
    void makesADayOnceWhenTwoNodesWantIt() {
        Future<Integer> one = housekeeping().makePartitions(FIRST, FIRST.plusDays(9));
        Future<Integer> other = STORAGE.housekeeping().makePartitions(FIRST, FIRST.plusDays(9));

        assertThat(await(one) + await(other)).isEqualTo(10);
        assertThat(await(housekeeping().dropPartitions(FIRST.plusDays(10)))).isEqualTo(10);
    }

    @Test
    void cutsDaysAtMidnightUtc() {
        STORAGE.know("wss://a.example/");
        Reports last = online("wss://a.example/").at(java.time.Instant.parse("2031-12-30T23:59:59Z"));
        await(STORAGE.reports().store(last.finding()));
        await(STORAGE.reports()
                .store(last.at(java.time.Instant.parse("2031-12-31T00:00:00Z")).finding()));

        await(housekeeping().dropPartitions(LocalDate.parse("2031-12-31")));

        assertThat(STORAGE.value("SELECT count(*) FROM relay_results")).isEqualTo("1");
        await(housekeeping().dropPartitions(LocalDate.parse("2032-01-01")));
    }

    @Test
    void removesDocumentsAndCyclesThatNobodyNeeds() {
        STORAGE.know("wss://a.example/");
        await(STORAGE.reports().store(online("wss://a.example/").finding()));
        await(STORAGE.reports()
                .store(online("wss://a.example/")
                        .minutesLater(15)
                        .document("{}")
                        .finding()));
        CycleRepository cycles = new PgCycleRepository(STORAGE.database());
        long term = STORAGE.lead();
        await(cycles.begin(term, NOON, "eu", NOON));
        await(cycles.begin(term, NOON.plusSeconds(86400), "eu", NOON));

        assertThat(await(housekeeping().removeOrphans(LocalDate.parse("2026-03-02"))))
                .isEqualTo(2);
        assertThat(STORAGE.value("SELECT body FROM relay_documents")).isEqualTo("{}");
        assertThat(await(cycles.latest(5))).hasSize(1);
    }

    @Test
    void whatWasRemovedIsRememberedForADay() {
        STORAGE.know("wss://a.example/", "wss://b.example/");
        STORAGE.postgres.execute("DELETE FROM relays_removed; DELETE FROM relays WHERE url LIKE '%a.example%';"
                + " UPDATE relays_removed SET removed_at = now() - interval '25 h'; DELETE FROM relays");

        assertThat(await(housekeeping().removeOrphans(LocalDate.parse("2026-03-02"))))
                .isEqualTo(1);
        assertThat(STORAGE.value("SELECT count(*) FROM relays_removed")).isEqualTo("1");
    }

    @Test
    void measuresAndAnalyses() {
        await(housekeeping().analyze());
        assertThat(await(housekeeping().databaseSize())).isGreaterThan(1_000_000);
    }

    private static Housekeeping housekeeping() {
        return STORAGE.housekeeping();
    }
}
