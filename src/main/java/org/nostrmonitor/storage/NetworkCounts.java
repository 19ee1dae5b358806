package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;

/**
 * Counts all relays, and keeps the answer where every node reads it. A count is fresh for two seconds, and for sixty times as
 * long as it took: so it is nearly as fresh as the database for a thousand relays, and for a hundred thousand counting takes a
 * thirtieth of a core, since it is counted anew at half that age.
 */
final class NetworkCounts {
    private static final String READ = """
            SELECT counts::text AS counts,
                now() - taken_at < interval '2 s' + interval '60 ms' * took_ms AND taken_at <= now() AS fresh,
                took_ms > 50 AND now() - taken_at < interval '5 min' AND taken_at <= now() AS passable
            FROM network_now""";

    /** How much earlier it is counted anew than it has to be, so that no page waits for it. */
    private static final String DUE = """
            SELECT now() - taken_at < interval '1 s' + interval '30 ms' * took_ms AND taken_at <= now() AS fresh
            FROM network_now""";

    private static final String PUT = """
            WITH hour AS (
                INSERT INTO network_hourly AS n (hour, taken_at, online, degraded, offline, unknown)
                VALUES (date_trunc('hour', now(), 'UTC'), now(), $3, $4, $5, $6)
                ON CONFLICT (hour) DO UPDATE SET taken_at = EXCLUDED.taken_at, online = EXCLUDED.online,
                    degraded = EXCLUDED.degraded, offline = EXCLUDED.offline, unknown = EXCLUDED.unknown)
            INSERT INTO network_now (taken_at, took_ms, counts) VALUES (now(), $1, $2::text::json)
            ON CONFLICT (one) DO UPDATE SET
                taken_at = EXCLUDED.taken_at, took_ms = EXCLUDED.took_ms, counts = EXCLUDED.counts""";

    private final Database database;
    private final AtomicReference<@Nullable Future<Counted>> counting = new AtomicReference<>();

    NetworkCounts(Database database) {
        this.database = database;
    }

    /** Counts anew, unless that was done a moment ago by whomever. */
    Future<Void> refresh() {
        return database.run(DUE)
                .compose(rows -> isFresh(rows.iterator()) ? Future.succeededFuture() : count().mapEmpty());
    }

    /**
     * What was counted last; if nobody has for too long, it is counted now. Where that takes long, what is a few minutes old
     * is good enough for who asks, and the next one gets what is counted meanwhile.
     */
    Future<Counted> read() {
        return database.run(READ).compose(rows -> {
            Iterator<Row> row = rows.iterator();
            if (!row.hasNext()) {
                return count();
            }
            Row stored = row.next();
            Future<Counted> anew = stored.getBoolean("fresh") ? null : count();
            return anew == null || stored.getBoolean("passable")
                    ? Future.succeededFuture(Counted.read(new JsonObject(stored.getString("counts"))))
                    : anew;
        });
    }

    private static boolean isFresh(Iterator<Row> rows) {
        return rows.hasNext() && rows.next().getBoolean("fresh");
    }

    /** Once for all who ask meanwhile. */
    private Future<Counted> count() {
        Future<Counted> going = counting.get();
        if (going != null) {
            return going;
        }
        long begun = System.nanoTime();
        Future<Counted> mine = Counted.count(database).compose(counted -> put(counted, begun));
        counting.set(mine);
        return mine.onComplete(done -> counting.set(null));
    }

    private Future<Counted> put(Counted counted, long begun) {
        int tookMs = (int) Math.min(60_000, (System.nanoTime() - begun) / 1_000_000);
        List<Integer> states = List.of(
                counted.relays(RelayState.ONLINE),
                counted.relays(RelayState.DEGRADED),
                counted.relays(RelayState.OFFLINE),
                counted.relays(RelayState.UNKNOWN));
        return database.run(
                        PUT,
                        tookMs,
                        counted.json().encode(),
                        states.get(0),
                        states.get(1),
                        states.get(2),
                        states.get(3))
                .map(counted);
    }
}
