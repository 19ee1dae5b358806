package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** Partitions, roll-ups, counts, orphans and statistics. */
public final class PgHousekeeping implements Housekeeping {
    private static final String DOCUMENTS = """
            DELETE FROM relay_documents d
            WHERE NOT EXISTS (SELECT 1 FROM relay_current c WHERE c.document = d.hash)""";
    private static final String REMOVED = "DELETE FROM relays_removed WHERE removed_at < now() - interval '1 day'";
    private static final String CYCLES = "DELETE FROM cycles WHERE cycle < ($1::date)::timestamp AT TIME ZONE 'UTC'";
    private static final String INCIDENTS =
            "DELETE FROM relay_incidents WHERE ended_at < ($1::date)::timestamp AT TIME ZONE 'UTC'";

    /** Not the results: they are only appended, and their partitions are seen to by autovacuum. */
    private static final String ANALYZE =
            "ANALYZE relays, relay_current, relay_summary, relay_strips, relay_incidents, discovery_events, event_index,"
                    + " cycles, monitor_views";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final String SIZE = "SELECT pg_database_size(current_database()) AS bytes";

    private final Database database;
    private final RollUp rollUp;
    private final NetworkCounts counts;
    private final RecentCounts recent;
    private final NetworkShape shape;
    private final NetworkTallies tallies;
    private volatile long looked;

    public PgHousekeeping(Database database) {
        this.database = database;
        this.rollUp = new RollUp(database);
        this.counts = new NetworkCounts(database);
        this.recent = new RecentCounts(database);
        this.shape = new NetworkShape(database);
        this.tallies = new NetworkTallies(database);
        this.looked = System.nanoTime() - LOOK_EVERY.toNanos();
    }

    @Override
    public Future<Integer> makePartitions(LocalDate first, LocalDate last) {
        return database.transaction(connection -> Partitions.RESULTS
                .make(connection, first, last)
                .compose(results -> Partitions.HOURLY
                        .make(connection, first, last)
                        .map(hours -> {
                            Set<LocalDate> days = new HashSet<>(results);
                            days.addAll(hours);
                            return days.size();
                        })));
    }

    @Override
    public Future<Integer> daysAhead(LocalDate today) {
        return Partitions.RESULTS
                .ahead(database, today)
                .compose(results -> Partitions.HOURLY.ahead(database, today).map(hours -> Math.min(results, hours)));
    }

    @Override
    public Future<Integer> dropPartitions(LocalDate before) {
        return database.transaction(connection -> Partitions.RESULTS.drop(connection, before));
    }

    @Override
    public Future<Integer> dropHours(LocalDate before) {
        return rollUp.until()
                // The week that comes next looks a day back.
                .map(until -> until.minusDays(Timeline.DAYS_BEFORE))
                .map(needed -> before.isBefore(needed) ? before : needed)
                .compose(first -> database.transaction(connection -> Partitions.HOURLY.drop(connection, first)));
    }

    @Override
    public Future<Integer> dropDays(LocalDate before) {
        return database.run(INCIDENTS, before)
                .compose(incidents -> tallies.forget(before).map(rows -> rows + incidents.rowCount()))
                .compose(rows -> database.transaction(
                        connection -> Partitions.DAILY.drop(connection, before).map(months -> months + rows)));
    }

    @Override
    public Future<Integer> rollUp(LocalDate today) {
        return rollUp.run(today);
    }

    @Override
    public Future<Void> countNetwork() {
        return counts.refresh()
                .compose(counted -> recent.some())
                .compose(done -> sinceLooked() ? slowCounts() : Future.succeededFuture());
    }

    /** What changes slowly need not be asked after twice a second. */
    private boolean sinceLooked() {
        return System.nanoTime() - looked >= LOOK_EVERY.toNanos();
    }

    private Future<Void> slowCounts() {
        looked = System.nanoTime();
        return shape.refresh().compose(done -> tallies.refresh());
    }

    @Override
    public Future<Integer> removeOrphans(LocalDate cyclesBefore) {
        return database.run(DOCUMENTS)
                .compose(documents -> database.run(REMOVED)
                        .compose(removed -> database.run(CYCLES, cyclesBefore)
                                .map(cycles -> documents.rowCount() + removed.rowCount() + cycles.rowCount())));
    }

    @Override
    public Future<Integer> forgetMonitors(Instant before) {
        return database.run(MonitorSql.OLD_VIEWS, Columns.time(before))
                .compose(views -> database.run(MonitorSql.OLD_MONITORS, Columns.time(before))
                        .map(monitors -> views.rowCount() + monitors.rowCount()));
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
