package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The numbers of regions: there are few, they never change, and they are asked for all the time. */
final class Regions {
    /** Looks before it inserts: an insert that conflicts uses up a number all the same, and there are only 32,767. */
    private static final String NUMBER = """
            WITH known AS (SELECT id FROM regions WHERE name = $1),
                 made AS (INSERT INTO regions (name) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM known)
                          ON CONFLICT DO NOTHING RETURNING id)
            SELECT id FROM known UNION ALL SELECT id FROM made""";

    private final Database database;
    private final Map<String, Short> numbers = new ConcurrentHashMap<>();

    Regions(Database database) {
        this.database = database;
    }

    Future<Short> number(String region) {
        Short known = numbers.get(region);
        return known == null ? lookUp(region, true) : Future.succeededFuture(known);
    }

    private Future<Short> lookUp(String region, boolean again) {
        return database.run(NUMBER, region).compose(rows -> keep(region, rows, again));
    }

    /** No row: another node inserted it just now, after our statement began. */
    private Future<Short> keep(String region, RowSet<Row> rows, boolean again) {
        Iterator<Row> row = rows.iterator();
        if (row.hasNext()) {
            short number = row.next().getShort("id");
            numbers.put(region, number);
            return Future.succeededFuture(number);
        }
        return again ? lookUp(region, false) : Future.failedFuture("the region " + region + " has no number");
    }
}
