package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table {@code cycles}. */
public final class PgCycleRepository implements CycleRepository {
    private static final String BEGIN =
            "INSERT INTO cycles (cycle, region, deadline) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    private static final String PLANNED = """
            UPDATE cycles SET state = 'running', planned = $3
            WHERE cycle = $1 AND region = $2 AND state IN ('planning', 'running')""";
    private static final String END = """
            UPDATE cycles SET state = $3, why = $4, completed_at = now()
            WHERE cycle = $1 AND region = $2 AND state IN ('planning', 'running')""";
    private static final String SELECT = """
            SELECT cycle, name, state, planned, deadline, started_at, completed_at, why
            FROM cycles JOIN regions ON regions.id = cycles.region""";
    private static final String UNFINISHED = SELECT + " WHERE state IN ('planning', 'running') ORDER BY cycle, name";
    private static final String LATEST = SELECT + " ORDER BY cycle DESC, name LIMIT $1";

    private final Database database;
    private final Regions regions;

    public PgCycleRepository(Database database) {
        this.database = database;
        this.regions = new Regions(database);
    }

    @Override
    public Future<Boolean> begin(Instant cycle, String region, Instant deadline) {
        return regions.number(region)
                .compose(number -> database.run(BEGIN, Columns.time(cycle), number, Columns.time(deadline)))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Future<Void> planned(Instant cycle, String region, int jobs) {
        return regions.number(region)
                .compose(number -> database.run(PLANNED, Columns.time(cycle), number, jobs))
                .mapEmpty();
    }

    @Override
    public Future<Boolean> complete(Instant cycle, String region) {
        return end(cycle, region, "complete", null);
    }

    @Override
    public Future<Boolean> miss(Instant cycle, String region, String why) {
        return end(cycle, region, "missed", why);
    }

    private Future<Boolean> end(
            Instant cycle, String region, String state, @org.jspecify.annotations.Nullable String why) {
        return regions.number(region)
                .compose(number -> database.run(END, Columns.time(cycle), number, state, why))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Future<List<Cycle>> unfinished() {
        return database.run(UNFINISHED).map(PgCycleRepository::cycles);
    }

    @Override
    public Future<List<Cycle>> latest(int most) {
        return database.run(LATEST, most).map(PgCycleRepository::cycles);
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
