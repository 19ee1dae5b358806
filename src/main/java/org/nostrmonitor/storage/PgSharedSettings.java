package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code monitor_config}: one JSON value a key. */
public final class PgSharedSettings implements SharedSettings {
    private static final String SEED = """
            INSERT INTO monitor_config AS known (key, value, from_file)
            SELECT key, value::jsonb, value::jsonb FROM unnest($1::text[], $2::text[]) AS given (key, value)
            ORDER BY key
            ON CONFLICT (key) DO UPDATE
            SET value = excluded.value, from_file = excluded.from_file, changed_at = now()
            WHERE known.from_file <> excluded.from_file""";
    /** What the file said stays what it said: its next change wins. */
    private static final String CHANGE = """
            INSERT INTO monitor_config AS known (key, value, from_file)
            SELECT key, value::jsonb, value::jsonb FROM unnest($1::text[], $2::text[]) AS given (key, value)
            ORDER BY key
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = now()
            WHERE known.value <> excluded.value""";

    private static final String READ = "SELECT key, value::text AS value FROM monitor_config";

    private final Database database;

    public PgSharedSettings(Database database) {
        this.database = database;
    }

    @Override
    public Future<Shared> seed(Shared ofThisNode) {
        List<Map.Entry<String, JsonObject>> given =
                List.copyOf(SettingsJson.write(ofThisNode).entrySet());
        return database.run(
                        SEED,
                        Columns.texts(given, Map.Entry::getKey),
                        Columns.texts(given, entry -> entry.getValue().encode()))
                .compose(rows -> read(ofThisNode));
    }

    @Override
    public Future<Shared> read(Shared ofThisNode) {
        return database.run(READ).map(rows -> SettingsJson.read(values(rows), ofThisNode));
    }

    @Override
    public Future<Void> change(Shared wanted) {
        List<Map.Entry<String, JsonObject>> given =
                List.copyOf(SettingsJson.write(wanted).entrySet());
        return database.run(
                        CHANGE,
                        Columns.texts(given, Map.Entry::getKey),
                        Columns.texts(given, entry -> entry.getValue().encode()))
                .mapEmpty();
    }

    private static Map<String, JsonObject> values(RowSet<Row> rows) {
        Map<String, JsonObject> values = new HashMap<>();
        rows.forEach(row ->
                values.put(row.getString("key"), SettingsJson.object(row.getString("key"), row.getString("value"))));
        return values;
    }
}
