package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;

/** The last day of relays in 96 quarter hours, and in 24 hours how fast they opened, as it is stored, moved up to now. */
final class Strips {
    private final Database database;
    private final InstantSource clock;

    /** @param spark as in {@link RelayViews.Item} */
    record Drawn(String strip, List<@Nullable Duration> spark) {
        /** Of what was not read. */
        static final Drawn NOT = new Drawn("", List.of());

        private static final Drawn NOTHING = new Drawn(Strip.empty(0).states(), OpenHours.NO_TIMES);
    }

    Strips(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** By relay, over all regions. Ask with {@link #of} for those without any result. */
    Future<Map<Integer, Drawn>> ofRelays(Collection<Integer> relayIds) {
        return strips(ViewSql.STRIPS_BY_RELAY, relayIds.toArray(Integer[]::new));
    }

    /** By region, of one relay; without times. */
    Future<Map<Integer, Drawn>> ofRegions(int relayId) {
        return strips(ViewSql.STRIPS_BY_REGION, new Integer[] {relayId});
    }

    static Drawn of(Map<Integer, Drawn> drawn, int whose) {
        return drawn.getOrDefault(whose, Drawn.NOTHING);
    }

    private Future<Map<Integer, Drawn>> strips(String sql, Integer[] relayIds) {
        if (relayIds.length == 0) {
            return Future.succeededFuture(Map.of());
        }
        Instant now = clock.instant();
        return database.run(sql, (Object) relayIds).map(rows -> {
            Map<Integer, Drawn> drawn = new HashMap<>();
            rows.forEach(row -> drawn.put(row.getInteger("whose"), new Drawn(strip(row, now), spark(row, now))));
            return drawn;
        });
    }

    private static String strip(Row row, Instant now) {
        return new Strip(row.getInteger("slot"), row.getString("states"))
                .until(Strip.slot(now))
                .states();
    }

    private static List<@Nullable Duration> spark(Row row, Instant now) {
        Buffer opened = row.getBuffer("opened");
        return opened == null
                ? OpenHours.NO_TIMES
                : new OpenHours(row.getInteger("hour"), opened)
                        .until(OpenHours.hour(now))
                        .times();
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
