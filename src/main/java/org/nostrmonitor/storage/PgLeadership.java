package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The table {@code leadership}. */
public final class PgLeadership implements Leadership {
    private static final int PATIENCE_SECONDS = 5;

    /** The condition is judged on the row as it is once its lock is ours, so of two that come together one gets nothing. */
    private static final String HOLD = """
            INSERT INTO leadership AS held (role, holder, term, expires_at)
            VALUES ($1, $2, 1, clock_timestamp() + $3::bigint * interval '1 millisecond')
            ON CONFLICT (role) DO UPDATE SET
                holder = EXCLUDED.holder,
                term = held.term + CASE WHEN held.holder = EXCLUDED.holder THEN 0 ELSE 1 END,
                expires_at = clock_timestamp() + $3::bigint * interval '1 millisecond'
            WHERE held.holder = EXCLUDED.holder OR held.expires_at <= clock_timestamp()
            RETURNING term""";

    private static final String RESIGN = """
            UPDATE leadership SET expires_at = clock_timestamp()
            WHERE role = $1 AND holder = $2 AND expires_at > clock_timestamp()""";

    private final Database database;

    public PgLeadership(Database database) {
        this.database = database;
    }

    @Override
    public Future<OptionalLong> hold(String role, String holder, Duration lease) {
        return database.run(HOLD, role, holder, lease.toMillis())
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(rows -> {
                    Iterator<Row> row = rows.iterator();
                    return row.hasNext() ? OptionalLong.of(row.next().getLong("term")) : OptionalLong.empty();
                });
    }

    @Override
    public Future<Void> resign(String role, String holder) {
        return database.run(RESIGN, role, holder)
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .mapEmpty();
    }
}
