package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Sighting;

/** The tables {@code monitors}, {@code monitor_views} and {@code monitor_reading}, to write. */
public final class PgMonitorNotes implements MonitorNotes {
    private final Database database;

    public PgMonitorNotes(Database database) {
        this.database = database;
    }

    @Override
    public Future<List<Known>> monitors() {
        return database.run(MonitorSql.MONITORS).map(rows -> {
            List<Known> known = new ArrayList<>(rows.size());
            for (Row row : rows) {
                known.add(new Known(
                        row.getString("pubkey"), Columns.when(row, "last_seen_at"), row.getBoolean("announced")));
            }
            return known;
        });
    }

    @Override
    public Future<Set<String>> ownKeys() {
        return database.run(MonitorSql.OWN_KEYS).map(rows -> {
            Set<String> keys = new HashSet<>();
            rows.forEach(row -> keys.add(row.getString("pubkey")));
            return keys;
        });
    }

    @Override
    public Future<Integer> store(List<Sighting> sightings) {
        if (sightings.isEmpty()) {
            return Future.succeededFuture(0);
        }
        Object monitors = Columns.texts(sightings, Sighting::monitor);
        Object times = Columns.times(sightings, Sighting::at);
        return database.transaction(connection -> Database.run(connection, MonitorSql.SEEN, monitors, times)
                .compose(seen -> Database.run(
                        connection,
                        MonitorSql.VIEWS,
                        monitors,
                        times,
                        Columns.texts(sightings, sighting -> sighting.relay().value()),
                        Columns.ints(sightings, sighting -> milliseconds(sighting.open())),
                        Columns.ints(sightings, sighting -> milliseconds(sighting.read())),
                        Columns.ints(sightings, sighting -> milliseconds(sighting.write()))))
                .map(rows -> rows.rowCount()));
    }

    private static @Nullable Integer milliseconds(@Nullable Duration time) {
        return time == null ? null : (int) time.toMillis();
    }

    @Override
    public Future<Void> announce(List<Announced> announced) {
        return announced.isEmpty()
                ? Future.succeededFuture()
                : database.run(
                                MonitorSql.ANNOUNCE,
                                Columns.texts(announced, Announced::pubkey),
                                Columns.times(announced, Announced::at),
                                Columns.ints(announced, PgMonitorNotes::frequency),
                                Columns.texts(announced, Announced::geohash))
                        .mapEmpty();
    }

    private static @Nullable Integer frequency(Announced announced) {
        Duration frequency = announced.frequency();
        return frequency == null ? null : (int) frequency.toSeconds();
    }

    @Override
    public Future<Void> name(List<Named> named) {
        return named.isEmpty()
                ? Future.succeededFuture()
                : database.run(
                                MonitorSql.NAME,
                                Columns.texts(named, Named::pubkey),
                                Columns.times(named, Named::at),
                                Columns.texts(named, Named::name))
                        .mapEmpty();
    }

    @Override
    public Future<Void> forget(Collection<String> pubkeys) {
        return pubkeys.isEmpty()
                ? Future.succeededFuture()
                : database.run(MonitorSql.FORGET, (Object) pubkeys.toArray(String[]::new))
                        .mapEmpty();
    }

    @Override
    public Future<Void> readUntil(Instant until) {
        return database.run(MonitorSql.READ_UNTIL, Columns.time(until)).mapEmpty();
    }

    @Override
    public Future<@Nullable Instant> readUntil() {
        return until(database);
    }

    static Future<@Nullable Instant> until(Database database) {
        return database.run(MonitorSql.UNTIL).map(rows -> {
            Iterator<Row> row = rows.iterator();
            return row.hasNext() ? Columns.when(row.next(), "until") : null;
        });
    }

    @Override
    public Future<Void> count() {
        return database.run(MonitorSql.COUNT).mapEmpty();
    }
}
