package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.nostrmonitor.relay.RelayState;

/** The last day of relays in 96 quarter hours: one character each, the code of the state, {@code '0'} if not measured. */
final class Strips {
    private static final int SLOTS = 96;
    private static final long SLOT_SECONDS = 900;

    private final Database database;
    private final InstantSource clock;

    Strips(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** By relay, over all regions. Ask with {@link #of} for those without any result. */
    Future<Map<Integer, String>> ofRelays(Collection<Integer> relayIds) {
        return strips(ViewSql.VOTES_BY_RELAY, relayIds.toArray(Integer[]::new));
    }

    /** By region, of one relay. */
    Future<Map<Integer, String>> ofRegions(int relayId) {
        return strips(ViewSql.VOTES_BY_REGION, new Integer[] {relayId});
    }

    static String of(Map<Integer, String> strips, int whose) {
        return strips.getOrDefault(whose, "0".repeat(SLOTS));
    }

    private Future<Map<Integer, String>> strips(String sql, Integer[] relayIds) {
        if (relayIds.length == 0) {
            return Future.succeededFuture(Map.of());
        }
        Instant end = Instant.ofEpochSecond((clock.instant().getEpochSecond() / SLOT_SECONDS + 1) * SLOT_SECONDS);
        Instant start = end.minusSeconds(SLOTS * SLOT_SECONDS);
        return database.run(sql, relayIds, Columns.time(start), Columns.time(end))
                .map(Strips::draw);
    }

    private static Map<Integer, String> draw(Iterable<Row> votes) {
        Map<Integer, char[]> drawn = new HashMap<>();
        for (Row row : votes) {
            RelayState state =
                    majority(row.getInteger("online"), row.getInteger("degraded"), row.getInteger("offline"));
            drawn.computeIfAbsent(row.getInteger("whose"), whose -> empty())[row.getInteger("slot")] =
                    (char) ('0' + state.code());
        }
        Map<Integer, String> strips = new HashMap<>();
        drawn.forEach((whose, strip) -> strips.put(whose, new String(strip)));
        return strips;
    }

    private static char[] empty() {
        char[] strip = new char[SLOTS];
        Arrays.fill(strip, '0');
        return strip;
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
