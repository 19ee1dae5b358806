package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.ConfigLoader;
import org.nostrmonitor.config.InvalidConfig;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.Added;
import org.nostrmonitor.storage.SharedSettings.Shared;

/** Administration of the tables {@code relays}, {@code monitor_config} and {@code admin_audit}. */
public final class PgAdministration implements Administration {
    private static final int MOST_ACTIONS = 200;

    /** Of a relay that opts out nothing is told any more: its event goes with it. */
    private static final String CHANGE = """
            WITH changed AS (
                UPDATE relays SET
                    opted_out_at = CASE WHEN $4::boolean IS NULL THEN opted_out_at
                                        WHEN $4::boolean THEN coalesce(opted_out_at, now()) END,
                    opted_out_why = CASE WHEN $4::boolean IS NULL THEN opted_out_why WHEN $4::boolean THEN $5::text END,
                    enabled = CASE WHEN $4::boolean THEN false ELSE coalesce($2::boolean, enabled) END,
                    priority = coalesce($3::smallint, priority)
                WHERE url = $1
                    AND NOT (coalesce($4::boolean, opted_out_at IS NOT NULL) AND coalesce($2::boolean, false))
                RETURNING id, enabled, priority, opted_out_at, opted_out_why),
            silenced AS (
                DELETE FROM discovery_events WHERE relay_id IN (SELECT id FROM changed WHERE opted_out_at IS NOT NULL))
            SELECT enabled, priority > 0 AS first, opted_out_at, opted_out_why FROM changed""";

    /** In the order of those who store reports: the summary first. */
    private static final String LOCK = """
            SELECT s.relay_id FROM relay_summary s JOIN relays r ON r.id = s.relay_id WHERE r.url = $1 FOR UPDATE OF s""";

    /** What is kept by day has no foreign keys. */
    private static final List<String> DELETE_HISTORY = List.of(
            "DELETE FROM relay_results WHERE relay_id = $1",
            "DELETE FROM relay_hourly WHERE relay_id = $1",
            "DELETE FROM relay_daily WHERE relay_id = $1");

    private static final String DELETE = "DELETE FROM relays WHERE id = $1";

    private static final String RECORD = """
            WITH old AS (DELETE FROM admin_audit WHERE id <= (SELECT max(id) FROM admin_audit) - 10000)
            INSERT INTO admin_audit (at, who, action, target, result) VALUES ($1, $2, $3, $4, $5)""";

    private static final String ACTIONS =
            "SELECT at, who, action, target, result FROM admin_audit ORDER BY id DESC LIMIT $1";

    private final Database database;
    private final RelayRepository relays;
    private final SharedSettings settings;
    private final Shared ofThisNode;

    /** @param ofThisNode what holds for settings that are not stored */
    public PgAdministration(Database database, Shared ofThisNode) {
        this.database = database;
        this.relays = new PgRelayRepository(database);
        this.settings = new PgSharedSettings(database);
        this.ofThisNode = ofThisNode;
    }

    @Override
    public Future<Added> add(Collection<RelayUrl> urls) {
        return relays.add(urls, "admin");
    }

    @Override
    public Future<@Nullable Listing> change(RelayUrl relay, Change change) {
        Boolean first = change.first();
        return database.run(
                        CHANGE,
                        relay.value(),
                        change.enabled(),
                        first == null ? null : first ? (Short) (short) 1 : (Short) (short) 0,
                        change.optedOut(),
                        change.why())
                .map(rows -> {
                    Iterator<Row> row = rows.iterator();
                    return row.hasNext() ? listing(row.next()) : null;
                });
    }

    private static Listing listing(Row row) {
        return new Listing(
                row.getBoolean("enabled"),
                row.getBoolean("first"),
                Columns.instant(row, "opted_out_at"),
                row.getString("opted_out_why"));
    }

    @Override
    public Future<Boolean> delete(RelayUrl relay) {
        return database.transaction(connection -> Database.run(connection, LOCK, relay.value())
                .compose(rows -> {
                    Iterator<Row> row = rows.iterator();
                    if (!row.hasNext()) {
                        return Future.succeededFuture(false);
                    }
                    Integer id = row.next().getInteger("relay_id");
                    Future<?> deleted = Future.succeededFuture();
                    for (String history : DELETE_HISTORY) {
                        deleted = deleted.compose(done -> Database.run(connection, history, id));
                    }
                    return deleted.compose(done -> Database.run(connection, DELETE, id))
                            .map(true);
                }));
    }

    @Override
    public Future<JsonObject> settings() {
        return settings.read(ofThisNode).map(PgAdministration::json);
    }

    private static JsonObject json(Shared shared) {
        JsonObject json = new JsonObject();
        SettingsJson.write(shared).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.put(entry.getKey(), entry.getValue()));
        return json;
    }

    @Override
    public Future<JsonObject> changeSettings(JsonObject changes) {
        return settings.read(ofThisNode).compose(now -> {
            JsonObject wanted = json(now);
            for (String key : changes.fieldNames()) {
                if (!wanted.containsKey(key)) {
                    return Future.failedFuture(new RefusedSettings(key + ": is none of "
                            + String.join(", ", wanted.fieldNames()) + ", which all nodes share"));
                }
            }
            return checked(wanted.mergeIn(changes, true))
                    .compose(settings::change)
                    .compose(done -> settings());
        });
    }

    /** By the rules of a config file. */
    private static Future<Shared> checked(JsonObject wanted) {
        try {
            return Future.succeededFuture(Shared.of(ConfigLoader.parse(wanted.encode())));
        } catch (InvalidConfig e) {
            return Future.failedFuture(new RefusedSettings(e));
        }
    }

    @Override
    public Future<Void> record(Action action) {
        return database.run(
                        RECORD,
                        Columns.time(action.at()),
                        action.who(),
                        action.action(),
                        action.target().replace("\0", ""),
                        action.result().replace("\0", ""))
                .mapEmpty();
    }

    @Override
    public Future<List<Action>> actions(int most) {
        return database.run(ACTIONS, Math.max(1, Math.min(most, MOST_ACTIONS))).map(PgAdministration::actions);
    }

    private static List<Action> actions(RowSet<Row> rows) {
        List<Action> actions = new ArrayList<>(rows.size());
        rows.forEach(row -> actions.add(new Action(
                Columns.when(row, "at"),
                row.getString("who"),
                row.getString("action"),
                row.getString("target"),
                row.getString("result"))));
        return actions;
    }
}
