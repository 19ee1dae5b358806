package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Failure;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Overview;

/** The network in a few numbers. */
final class OverviewView {
    private final Database database;
    private final Strips strips;

    OverviewView(Database database, Strips strips) {
        this.database = database;
        this.strips = strips;
    }

    Future<Overview> read() {
        Future<States> states = database.run(ViewSql.STATES).map(States::of);
        Future<Row> times =
                database.run(ViewSql.TIMES).map(rows -> rows.iterator().next());
        Future<List<Item>> changes = database.run(ViewSql.CHANGES).compose(this::items);
        Future<List<Count>> software = database.run(ViewSql.SOFTWARE).map(OverviewView::counts);
        Future<List<Count>> nips = database.run(ViewSql.NIPS).map(OverviewView::counts);
        Future<List<Failure>> failures = database.run(ViewSql.FAILURES).map(OverviewView::failures);
        Future<Integer> aliases =
                database.run(ViewSql.ALIASES).map(rows -> rows.iterator().next().getInteger("aliases"));
        return Future.all(List.of(states, times, changes, software, nips, failures, aliases))
                .map(all -> new Overview(
                        states.result().byState,
                        Columns.duration(times.result(), "open_p50"),
                        Columns.duration(times.result(), "open_p95"),
                        Columns.duration(times.result(), "read_p50"),
                        states.result().upByNetwork,
                        changes.result(),
                        failures.result(),
                        software.result(),
                        nips.result(),
                        states.result().lastCheckedAt,
                        aliases.result()));
    }

    private record States(
            Map<RelayState, Integer> byState,
            Map<Network, Integer> upByNetwork,
            @Nullable Instant lastCheckedAt) {
        static States of(RowSet<Row> rows) {
            Map<RelayState, Integer> byState = new EnumMap<>(RelayState.class);
            Map<Network, Integer> upByNetwork = new EnumMap<>(Network.class);
            for (RelayState state : RelayState.values()) {
                byState.put(state, 0);
            }
            for (Network network : Network.values()) {
                upByNetwork.put(network, 0);
            }
            Instant last = null;
            for (Row row : rows) {
                RelayState state = Codes.state(row, "state");
                byState.merge(state, row.getInteger("relays"), Integer::sum);
                if (state.isUp()) {
                    upByNetwork.merge(Codes.network(row), row.getInteger("relays"), Integer::sum);
                }
                last = later(last, Columns.instant(row, "checked_at"));
            }
            return new States(byState, upByNetwork, last);
        }
    }

    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null) {
            return other;
        }
        return other == null || one.isAfter(other) ? one : other;
    }

    private Future<List<Item>> items(RowSet<Row> rows) {
        List<Integer> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getInteger("relay_id")));
        return strips.ofRelays(ids).map(drawn -> {
            List<Item> items = new ArrayList<>();
            rows.forEach(row -> items.add(ViewRows.item(row, Strips.of(drawn, row.getInteger("relay_id")))));
            return items;
        });
    }

    private static List<Failure> failures(RowSet<Row> rows) {
        List<Failure> failures = new ArrayList<>();
        rows.forEach(row -> failures.add(new Failure(
                Stage.ofCode(row.getShort("stage")), Reason.ofCode(row.getShort("reason")), row.getInteger("relays"))));
        return failures;
    }

    private static List<Count> counts(RowSet<Row> rows) {
        List<Count> counts = new ArrayList<>();
        rows.forEach(row -> counts.add(new Count(row.getString("what"), row.getInteger("relays"))));
        return counts;
    }
}
