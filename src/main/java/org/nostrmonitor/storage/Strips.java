package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.nostrmonitor.relay.RelayState;

/** The last day of relays in 96 quarter hours, as they are stored, moved up to now. */
final class Strips {
    private final Database database;
    private final InstantSource clock;

    Strips(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** By relay, over all regions. Ask with {@link #of} for those without any result. */
    Future<Map<Integer, String>> ofRelays(Collection<Integer> relayIds) {
        return strips(ViewSql.STRIPS_BY_RELAY, relayIds.toArray(Integer[]::new));
    }

    /** By region, of one relay. */
    Future<Map<Integer, String>> ofRegions(int relayId) {
        return strips(ViewSql.STRIPS_BY_REGION, new Integer[] {relayId});
    }

    static String of(Map<Integer, String> strips, int whose) {
        return strips.getOrDefault(whose, Strip.empty(0).states());
    }

    private Future<Map<Integer, String>> strips(String sql, Integer[] relayIds) {
        if (relayIds.length == 0) {
            return Future.succeededFuture(Map.of());
        }
        int now = Strip.slot(clock.instant());
        return database.run(sql, (Object) relayIds).map(rows -> {
            Map<Integer, String> strips = new HashMap<>();
            rows.forEach(row -> strips.put(
                    row.getInteger("whose"),
                    new Strip(row.getInteger("slot"), row.getString("states"))
                            .until(now)
                            .states()));
            return strips;
        });
    }

    /** The rule of {@link ReportSql#SUMMARIES}: up or not by majority, a tie is the better. */
    static RelayState majority(int online, int degraded, int offline) {
        if (online + degraded + offline == 0) {
            return RelayState.UNKNOWN;
        }
        if (offline > online + degraded) {
            return RelayState.OFFLINE;
        }
        return degraded > online ? RelayState.DEGRADED : RelayState.ONLINE;
    }
}
