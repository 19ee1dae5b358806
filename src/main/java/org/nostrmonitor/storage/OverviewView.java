package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Overview;

/** The network in a few numbers. */
final class OverviewView {
    private final Database database;
    private final Strips strips;
    private final NetworkCounts counts;

    OverviewView(Database database, Strips strips) {
        this.database = database;
        this.strips = strips;
        this.counts = new NetworkCounts(database);
    }

    Future<Overview> read() {
        Future<Turned> turned = database.run(ViewSql.CHANGES).compose(this::turned);
        return counts.read().compose(counted -> turned.map(counted::overview));
    }

    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null) {
            return other;
        }
        return other == null || one.isAfter(other) ? one : other;
    }

    private Future<Turned> turned(RowSet<Row> rows) {
        List<Integer> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getInteger("relay_id")));
        return strips.ofRelays(ids).map(drawn -> {
            List<Turned.Turn> turns = new ArrayList<>();
            rows.forEach(row -> turns.add(Turned.turn(row, Strips.of(drawn, row.getInteger("relay_id")))));
            return new Turned(turns);
        });
    }
}
