package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.nostr.PlainText;

/** The table {@code coordinator_runs}. */
public final class PgRunLog implements RunLog {
    private static final String ADD = """
            WITH old AS (DELETE FROM coordinator_runs WHERE started_at < $2::timestamptz - interval '30 days')
            INSERT INTO coordinator_runs (job, started_at, took_ms, well, result) VALUES ($1, $2, $3, $4, $5)""";
    private static final String RECENT = """
            SELECT job, started_at, took_ms, well, result FROM coordinator_runs
            ORDER BY started_at DESC, id DESC LIMIT $1""";

    /** Of thirty days: some thousand rows at most. */
    private static final String NEWEST = """
            SELECT DISTINCT ON (job) job, started_at, took_ms, well, result FROM coordinator_runs
            ORDER BY job, started_at DESC, id DESC""";

    private final Database database;

    public PgRunLog(Database database) {
        this.database = database;
    }

    @Override
    public Future<Void> add(Run run) {
        return database.run(
                        ADD,
                        run.job(),
                        Columns.time(run.startedAt()),
                        (int) Math.min(run.took().toMillis(), Integer.MAX_VALUE),
                        run.well(),
                        PlainText.storable(run.result()))
                .mapEmpty();
    }

    @Override
    public Future<List<Run>> recent(int most) {
        return database.run(RECENT, most).map(PgRunLog::runs);
    }

    @Override
    public Future<List<Run>> newest() {
        return database.run(NEWEST).map(PgRunLog::runs);
    }

    private static List<Run> runs(RowSet<Row> rows) {
        List<Run> runs = new ArrayList<>(rows.size());
        rows.forEach(row -> runs.add(new Run(
                row.getString("job"),
                Columns.when(row, "started_at"),
                Duration.ofMillis(row.getInteger("took_ms")),
                row.getBoolean("well"),
                row.getString("result"))));
        return runs;
    }
}
