package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.relay.RelayState;

/**
 * What results add to the history, in the transaction that stores them: so it is neither forgotten nor counted twice,
 * whatever is killed. Whoever writes here holds the lock of the relays' summaries.
 */
final class HistoryWrites {
    static final short ALL_REGIONS = 0;

    /** Results older than this are late: their day may have been rolled up. In quarter hours. */
    private static final int LATE_SLOTS = Strip.SLOTS;

    private final SqlConnection connection;
    private final List<ReportRow> fresh;
    private final Map<Integer, Map<Short, Strip>> strips = new HashMap<>();
    private int now;

    private HistoryWrites(SqlConnection connection, List<ReportRow> fresh) {
        this.connection = connection;
        this.fresh = fresh;
    }

    /**
     * @param fresh results that are new, each of another relay
     * @param moved those of them that changed what is known of the relay
     */
    static Future<Void> of(SqlConnection connection, List<ReportRow> fresh, List<ReportRow> moved) {
        if (fresh.isEmpty()) {
            return Future.succeededFuture();
        }
        HistoryWrites writes = new HistoryWrites(connection, fresh);
        return writes.checks()
                .compose(done -> writes.readStrips())
                .compose(done -> writes.moveStrips())
                .compose(done -> writes.late())
                .compose(done -> writes.lateForRecent())
                .compose(done -> writes.incidents(moved));
    }

    private Future<Void> checks() {
        return Database.run(
                        connection,
                        HistorySql.ADD_CHECKS,
                        Columns.ints(fresh, ReportRow::relayId),
                        Columns.shorts(fresh, ReportRow::region),
                        Columns.dates(fresh, row -> Sheet.day(row.report().cycle())),
                        Columns.bytes(fresh, row -> Sheet.entry(row.report(), row.state())))
                .mapEmpty();
    }

    private Future<Void> readStrips() {
        return Database.run(connection, HistorySql.STRIPS, Columns.ints(fresh, ReportRow::relayId))
                .map(this::stripsOf);
    }

    private Void stripsOf(RowSet<Row> rows) {
        for (Row row : rows) {
            now = row.getInteger("now");
            Integer relay = row.getInteger("relay_id");
            if (relay != null) {
                strips.computeIfAbsent(relay, id -> new HashMap<>())
                        .put(row.getShort("region"), new Strip(row.getInteger("slot"), row.getString("states")));
            }
        }
        return null;
    }

    private record Moved(int relayId, short region, Strip strip) {}

    private Future<Void> moveStrips() {
        List<Moved> moved = new ArrayList<>();
        for (ReportRow row : fresh) {
            Map<Short, Strip> ofRelay = strips.computeIfAbsent(row.relayId(), id -> new HashMap<>());
            int slot = Strip.slot(row.report().cycle());
            Strip region = ofRelay.getOrDefault(row.region(), Strip.empty(Math.min(slot, now)))
                    .with(slot, row.state(), now);
            ofRelay.put(row.region(), region);
            Strip all = ofRelay.getOrDefault(ALL_REGIONS, Strip.empty(Math.min(slot, now)))
                    .with(slot, verdict(ofRelay, slot), now);
            moved.add(new Moved(row.relayId(), row.region(), region));
            moved.add(new Moved(row.relayId(), ALL_REGIONS, all));
        }
        return Database.run(
                        connection,
                        HistorySql.PUT_STRIPS,
                        Columns.ints(moved, Moved::relayId),
                        Columns.shorts(moved, Moved::region),
                        Columns.ints(moved, one -> one.strip().newest()),
                        Columns.texts(moved, one -> one.strip().states()))
                .mapEmpty();
    }

    private static RelayState verdict(Map<Short, Strip> regions, int slot) {
        int online = 0;
        int degraded = 0;
        int offline = 0;
        for (Map.Entry<Short, Strip> region : regions.entrySet()) {
            RelayState state = region.getKey() == ALL_REGIONS
                    ? RelayState.UNKNOWN
                    : region.getValue().at(slot);
            online += state == RelayState.ONLINE ? 1 : 0;
            degraded += state == RelayState.DEGRADED ? 1 : 0;
            offline += state == RelayState.OFFLINE ? 1 : 0;
        }
        return Strips.majority(online, degraded, offline);
    }

    private Future<Void> late() {
        return fresh.stream()
                .filter(row -> Strip.slot(row.report().cycle()) < now - LATE_SLOTS)
                .map(row -> Sheet.day(row.report().cycle()))
                .min(Comparator.naturalOrder())
                .map(this::late)
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> late(LocalDate day) {
        return Database.run(connection, HistorySql.LATE, day).mapEmpty();
    }

    /** Of days that are over, which {@link RecentCounts} reads no more. */
    private Future<Void> lateForRecent() {
        LocalDate today = LocalDate.ofEpochDay(now / Strip.SLOTS);
        List<ReportRow> late = fresh.stream()
                .filter(row -> Sheet.day(row.report().cycle()).isBefore(today))
                .toList();
        return late.isEmpty()
                ? Future.succeededFuture()
                : Database.run(
                                connection,
                                RecentSql.LATE,
                                Columns.ints(late, ReportRow::relayId),
                                Columns.dates(
                                        late, row -> Sheet.day(row.report().cycle())))
                        .mapEmpty();
    }

    private Future<Void> incidents(List<ReportRow> moved) {
        Object relays = Columns.ints(moved, ReportRow::relayId);
        return moved.isEmpty()
                ? Future.succeededFuture()
                : Database.run(connection, HistorySql.END_INCIDENTS, relays)
                        .compose(ended -> Database.run(connection, HistorySql.BEGIN_INCIDENTS, relays))
                        .mapEmpty();
    }
}
