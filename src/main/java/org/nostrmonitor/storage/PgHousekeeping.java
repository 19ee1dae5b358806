package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Partitions, orphans and statistics. */
public final class PgHousekeeping implements Housekeeping {
    private static final String PREFIX = "relay_results_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** One node at a time changes partitions, and gives up rather than hold up those who write. */
    private static final String TAKE_TURNS =
            "SELECT pg_advisory_xact_lock(hashtext('relay_results')), set_config('lock_timeout', '10s', true)";

    private static final String PARTITIONS =
            "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'relay_results'::regclass";

    /** Day by day, with a name and bounds that come from a date: DDL takes no parameters. */
    private static final String MAKE =
            "CREATE TABLE %s PARTITION OF relay_results FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')";

    private static final String DROP = "DROP TABLE %s";
    private static final String DOCUMENTS = """
            DELETE FROM relay_documents d
            WHERE NOT EXISTS (SELECT 1 FROM relay_current c WHERE c.document = d.hash)""";
    private static final String CYCLES = "DELETE FROM cycles WHERE cycle < ($1::date)::timestamp AT TIME ZONE 'UTC'";

    /** Not the results: they are only appended, and their partitions are seen to by autovacuum. */
    private static final String ANALYZE =
            "ANALYZE relays, relay_current, relay_summary, discovery_events, event_index, cycles";

    private static final String SIZE = "SELECT pg_database_size(current_database()) AS bytes";

    private final Database database;

    public PgHousekeeping(Database database) {
        this.database = database;
    }

    @Override
    public Future<Integer> makePartitions(LocalDate first, LocalDate last) {
        return database.transaction(connection -> partitions(connection).compose(there -> {
            List<LocalDate> missing = first.datesUntil(last.plusDays(1))
                    .filter(day -> !there.contains(day))
                    .toList();
            return each(connection, missing, PgHousekeeping::make).map(missing.size());
        }));
    }

    @Override
    public Future<Integer> dropPartitions(LocalDate before) {
        return database.transaction(connection -> partitions(connection).compose(there -> {
            List<LocalDate> old =
                    there.stream().filter(day -> day.isBefore(before)).toList();
            return each(connection, old, PgHousekeeping::drop).map(old.size());
        }));
    }

    private static Future<List<LocalDate>> partitions(SqlConnection connection) {
        return Database.run(connection, TAKE_TURNS)
                .compose(turn -> Database.run(connection, PARTITIONS))
                .map(rows -> {
                    List<LocalDate> days = new ArrayList<>();
                    rows.forEach(row -> {
                        LocalDate day = day(row.getString("name"));
                        if (day != null) {
                            days.add(day);
                        }
                    });
                    return days;
                });
    }

    /** Null for a table that an operator attached under another name: it is not ours to drop. */
    private static @Nullable LocalDate day(String name) {
        try {
            return name.startsWith(PREFIX) ? LocalDate.parse(name.substring(PREFIX.length()), DAY) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Future<Void> each(
            SqlConnection connection, List<LocalDate> days, java.util.function.Function<LocalDate, String> statement) {
        Future<Void> done = Future.succeededFuture();
        for (LocalDate day : days) {
            done = done.compose(
                    before -> connection.query(statement.apply(day)).execute().mapEmpty());
        }
        return done;
    }

    private static String make(LocalDate day) {
        return MAKE.formatted(PREFIX + DAY.format(day), day, day.plusDays(1));
    }

    private static String drop(LocalDate day) {
        return DROP.formatted(PREFIX + DAY.format(day));
    }

    @Override
    public Future<Integer> removeOrphans(LocalDate cyclesBefore) {
        return database.run(DOCUMENTS)
                .compose(documents ->
                        database.run(CYCLES, cyclesBefore).map(cycles -> documents.rowCount() + cycles.rowCount()));
    }

    @Override
    public Future<Void> analyze() {
        return database.run(ANALYZE).mapEmpty();
    }

    @Override
    public Future<Long> databaseSize() {
        return database.run(SIZE).map(rows -> rows.iterator().next().getLong("bytes"));
    }
}
