package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;

/** The tables {@code monitors}, {@code monitor_views} and {@code monitor_reading}, to read. */
public final class PgOtherMonitors implements OtherMonitors {
    private final Database database;

    public PgOtherMonitors(Database database) {
        this.database = database;
    }

    @Override
    public Future<Testimony> all() {
        return testimony(database.run(MonitorSql.ALL), null);
    }

    @Override
    public Future<Testimony> of(RelayUrl relay) {
        return testimony(database.run(MonitorSql.OF, relay.value()), relay);
    }

    private Future<Testimony> testimony(Future<RowSet<Row>> rows, @Nullable RelayUrl relay) {
        Future<@Nullable Instant> until = PgMonitorNotes.until(database);
        return Future.all(rows, until).map(both -> new Testimony(until.result(), said(rows.result(), relay)));
    }

    private static List<Said> said(RowSet<Row> rows, @Nullable RelayUrl relay) {
        List<Said> said = new ArrayList<>(rows.size());
        for (Row row : rows) {
            said.add(new Said(monitor(row), relay == null ? null : sighting(row, relay)));
        }
        return said;
    }

    private static Monitor monitor(Row row) {
        Integer frequency = row.getInteger("frequency");
        return new Monitor(
                row.getString("pubkey"),
                row.getString("name"),
                frequency == null ? null : Duration.ofSeconds(frequency),
                row.getString("geohash"),
                Columns.instant(row, "announced_at"),
                Columns.when(row, "first_seen_at"),
                Columns.when(row, "last_seen_at"),
                row.getInteger("relays"),
                row.getInteger("recent"),
                Columns.instant(row, "counted_at"));
    }

    private static @Nullable Sighting sighting(Row row, RelayUrl relay) {
        Instant at = Columns.instant(row, "created_at");
        return at == null
                ? null
                : new Sighting(
                        row.getString("pubkey"),
                        relay,
                        at,
                        milliseconds(row, "open_ms"),
                        milliseconds(row, "read_ms"),
                        milliseconds(row, "write_ms"));
    }

    private static @Nullable Duration milliseconds(Row row, String column) {
        Integer time = row.getInteger(column);
        return time == null ? null : Duration.ofMillis(time);
    }
}
