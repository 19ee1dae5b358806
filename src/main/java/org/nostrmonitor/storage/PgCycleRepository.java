package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The table {@code cycles}. */
public final class PgCycleRepository implements CycleRepository {
    private final Database database;
    private final Regions regions;

    public PgCycleRepository(Database database) {
        this.database = database;
        this.regions = new Regions(database);
    }

    @Override
    public Future<Boolean> begin(long term, Instant cycle, String region, Instant deadline) {
        return regions.number(region)
                .compose(number ->
                        database.run(CycleSql.BEGIN, term, Columns.time(cycle), number, Columns.time(deadline)))
                .map(PgCycleRepository::isOne);
    }

    @Override
    public Future<Boolean> planned(long term, Instant cycle, String region, int jobs) {
        return regions.number(region)
                .compose(number -> database.run(CycleSql.PLANNED, term, Columns.time(cycle), number, jobs))
                .map(PgCycleRepository::isOne);
    }

    @Override
    public Future<Boolean> complete(long term, Instant cycle, String region, @Nullable String why) {
        return end(term, cycle, region, "complete", why);
    }

    @Override
    public Future<Boolean> miss(long term, Instant cycle, String region, String why) {
        return end(term, cycle, region, "missed", why);
    }

    private Future<Boolean> end(long term, Instant cycle, String region, String state, @Nullable String why) {
        return regions.number(region)
                .compose(number -> database.run(CycleSql.END, term, Columns.time(cycle), number, state, why))
                .map(PgCycleRepository::isOne);
    }

    @Override
    public Future<Integer> recordMissed(long term, String region, List<Missed> ticks) {
        return regions.number(region)
                .compose(number -> database.run(
                        CycleSql.RECORD_MISSED,
                        term,
                        number,
                        Columns.times(ticks, Missed::tick),
                        Columns.times(ticks, Missed::deadline),
                        Columns.texts(ticks, Missed::why)))
                .map(RowSet::rowCount);
    }

    @Override
    public Future<Integer> stored(Instant cycle, String region) {
        return regions.number(region)
                .compose(number -> database.run(CycleSql.STORED, number, Columns.time(cycle)))
                .map(rows -> rows.iterator().next().getInteger("stored"));
    }

    @Override
    public Future<List<Cycle>> unfinished(String region) {
        return database.run(CycleSql.UNFINISHED, region).map(PgCycleRepository::cycles);
    }

    @Override
    public Future<List<Cycle>> latest(int most) {
        return database.run(CycleSql.LATEST, most).map(PgCycleRepository::cycles);
    }

    @Override
    public Future<List<Cycle>> latest(String region, int most) {
        return database.run(CycleSql.LATEST_OF_REGION, region, most).map(PgCycleRepository::cycles);
    }

    @Override
    public Future<Optional<Instant>> newest(String region, Instant upTo) {
        return database.run(CycleSql.NEWEST, region, Columns.time(upTo))
                .map(rows -> Optional.ofNullable(Columns.instant(rows.iterator().next(), "newest")));
    }

    @Override
    public Future<Set<String>> regions(Instant now) {
        return database.run(CycleSql.REGIONS, Columns.time(now)).map(rows -> {
            Set<String> names = new TreeSet<>();
            rows.forEach(row -> names.add(row.getString("name")));
            return names;
        });
    }

    private static boolean isOne(RowSet<Row> rows) {
        return rows.rowCount() == 1;
    }

    private static List<Cycle> cycles(RowSet<Row> rows) {
        List<Cycle> cycles = new ArrayList<>();
        rows.forEach(row -> cycles.add(cycle(row)));
        return cycles;
    }

    private static Cycle cycle(Row row) {
        return new Cycle(
                Columns.when(row, "cycle"),
                row.getString("name"),
                row.getString("state"),
                row.getInteger("planned"),
                Columns.when(row, "deadline"),
                Columns.when(row, "started_at"),
                Columns.instant(row, "completed_at"),
                row.getString("why"));
    }
}
