package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.Statistics.Place;
import org.nostrmonitor.storage.Statistics.Shape;

/** Counts where relays are and how long they take to open, and keeps the answer in one row where every node reads it. */
final class NetworkShape {
    private static final int MOST_COUNTRIES = 12;
    private static final int MOST_PLACES = 2000;
    private static final int BUCKETS = Shape.OPEN_BOUNDS_MS.size() + 1;

    private final Database database;

    NetworkShape(Database database) {
        this.database = database;
    }

    /** Counts anew, unless that was done a while ago by whomever. */
    Future<Void> refresh() {
        return database.run(StatisticsSql.SHAPE_FRESH).compose(rows -> {
            Iterator<Row> row = rows.iterator();
            return row.hasNext() && row.next().getBoolean("fresh") ? Future.succeededFuture() : count();
        });
    }

    private Future<Void> count() {
        long begun = System.nanoTime();
        JsonObject counts = new JsonObject();
        return database.run(StatisticsSql.OPENS)
                .compose(rows -> {
                    putOpens(rows, counts);
                    return database.run(StatisticsSql.COUNTRIES);
                })
                .compose(rows -> {
                    putCountries(rows, counts);
                    return database.run(StatisticsSql.PLACES);
                })
                .compose(rows -> {
                    putPlaces(rows, counts);
                    int tookMs = (int) Math.min(60_000, (System.nanoTime() - begun) / 1_000_000);
                    return database.run(StatisticsSql.PUT_SHAPE, tookMs, counts.encode());
                })
                .mapEmpty();
    }

    private static void putOpens(RowSet<Row> rows, JsonObject to) {
        int up = 0;
        int[] opens = new int[BUCKETS];
        for (Row row : rows) {
            Integer bucket = row.getInteger("bucket");
            int relays = row.getInteger("relays");
            up += relays;
            if (bucket != null) {
                opens[bucket] = relays;
            }
        }
        JsonArray array = new JsonArray();
        for (int relays : opens) {
            array.add(relays);
        }
        to.put("up", up).put("opens", array);
    }

    private static void putCountries(RowSet<Row> rows, JsonObject to) {
        JsonArray most = new JsonArray();
        int different = 0;
        int told = 0;
        for (Row row : rows) {
            String country = row.getString("what");
            if (country != null) {
                different++;
                told += row.getInteger("relays");
                if (different <= MOST_COUNTRIES) {
                    most.add(new JsonArray().add(country).add(row.getInteger("relays")));
                }
            }
        }
        to.put("countries", most).put("inCountry", told).put("differentCountries", different);
    }

    private static void putPlaces(RowSet<Row> rows, JsonObject to) {
        JsonArray places = new JsonArray();
        int located = 0;
        for (Row row : rows) {
            located += row.getInteger("up");
            if (places.size() < MOST_PLACES) {
                places.add(new JsonArray()
                        .add(row.getDouble("lat"))
                        .add(row.getDouble("lon"))
                        .add(row.getInteger("relays"))
                        .add(row.getInteger("up")));
            }
        }
        to.put("places", places).put("located", located);
    }

    /** What was counted last; null if nobody has. */
    Future<@Nullable Shape> read() {
        return database.run(StatisticsSql.SHAPE).map(rows -> {
            Iterator<Row> found = rows.iterator();
            if (!found.hasNext()) {
                return null;
            }
            Row row = found.next();
            return shape(Columns.when(row, "taken_at"), new JsonObject(row.getString("counts")));
        });
    }

    private static Shape shape(Instant takenAt, JsonObject counts) {
        List<Integer> opens = new ArrayList<>();
        counts.getJsonArray("opens").forEach(relays -> opens.add((Integer) relays));
        List<Count> countries = new ArrayList<>();
        for (JsonArray country : arrays(counts, "countries")) {
            countries.add(new Count(country.getString(0), country.getInteger(1)));
        }
        List<Place> places = new ArrayList<>();
        for (JsonArray place : arrays(counts, "places")) {
            places.add(new Place(place.getDouble(0), place.getDouble(1), place.getInteger(2), place.getInteger(3)));
        }
        return new Shape(
                takenAt,
                counts.getInteger("up"),
                opens,
                countries,
                counts.getInteger("inCountry"),
                counts.getInteger("differentCountries"),
                places,
                counts.getInteger("located"));
    }

    private static List<JsonArray> arrays(JsonObject counts, String name) {
        return counts.getJsonArray(name).stream().map(JsonArray.class::cast).toList();
    }
}
