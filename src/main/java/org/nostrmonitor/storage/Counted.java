package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
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
import org.nostrmonitor.storage.RelayViews.Overview;

/** What all relays add up to, as JSON: the rows of the statements that counted them, by the name of the statement. */
record Counted(JsonObject json) {
    private static final String STATES = "states";
    private static final String TIMES = "times";
    private static final String SOFTWARE = "software";
    private static final String NIPS = "nips";
    private static final String FAILURES = "failures";
    private static final String ALIASES = "aliases";

    static Counted read(JsonObject json) {
        return new Counted(json);
    }

    static Future<Counted> count(Database database) {
        JsonObject json = new JsonObject();
        return add(database, STATES, ViewSql.STATES, json)
                .compose(done -> add(database, TIMES, ViewSql.TIMES, json))
                .compose(done -> add(database, SOFTWARE, ViewSql.SOFTWARE, json))
                .compose(done -> add(database, NIPS, ViewSql.NIPS, json))
                .compose(done -> add(database, FAILURES, ViewSql.FAILURES, json))
                .compose(done -> add(database, ALIASES, ViewSql.ALIASES, json))
                .map(done -> new Counted(json));
    }

    private static Future<Void> add(Database database, String name, String sql, JsonObject to) {
        return database.run(sql).map(rows -> {
            to.put(name, rows(rows));
            return null;
        });
    }

    private static JsonArray rows(RowSet<Row> rows) {
        JsonArray array = new JsonArray();
        for (Row row : rows) {
            JsonObject one = new JsonObject();
            for (int i = 0; i < row.size(); i++) {
                Object value = row.getValue(i);
                one.put(row.getColumnName(i), value instanceof java.time.OffsetDateTime at ? at.toInstant() : value);
            }
            array.add(one);
        }
        return array;
    }

    private List<JsonObject> rows(String name) {
        return json.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
    }

    int relays(RelayState state) {
        return sum(state, "relays");
    }

    private int sum(RelayState state, String column) {
        return rows(STATES).stream()
                .filter(row -> row.getInteger("state") == state.code())
                .mapToInt(row -> row.getInteger(column))
                .sum();
    }

    Overview overview(Turned turned) {
        JsonObject times = rows(TIMES).get(0);
        return new Overview(
                states(),
                duration(times, "open_p50"),
                duration(times, "open_p95"),
                duration(times, "read_p50"),
                upByNetwork(),
                turned.changes(),
                failures(),
                counts(SOFTWARE),
                counts(NIPS),
                lastCheckedAt(),
                rows(ALIASES).get(0).getInteger(ALIASES),
                ongoing(turned));
    }

    /**
     * Null if a node of an earlier version counted: it knew of no incidents. A count may be minutes old; where few are worse,
     * all of them were just read, and no number differs from what is listed.
     */
    private @Nullable Ongoing ongoing(Turned turned) {
        if (rows(STATES).stream().anyMatch(row -> !row.containsKey("worse"))) {
            return null;
        }
        int lately = sum(RelayState.OFFLINE, "worse_in_a_day");
        boolean all = turned.hasAllWorse();
        int back = sum(RelayState.ONLINE, "back_in_a_day") + sum(RelayState.DEGRADED, "back_in_a_day");
        return new Ongoing(
                known(all, turned.down(), lately),
                known(all, turned.downLonger(), sum(RelayState.OFFLINE, "worse") - lately),
                sum(RelayState.OFFLINE, "first"),
                known(all, turned.degraded(), sum(RelayState.DEGRADED, "worse")),
                known(turned.hasAllBack(), turned.returned(), back),
                turned.worse(),
                turned.back());
    }

    private static int known(boolean all, int read, int counted) {
        return all ? read : Math.max(read, counted);
    }

    private static @Nullable Duration duration(JsonObject row, String column) {
        Integer micros = row.getInteger(column);
        return micros == null ? null : Duration.ofNanos(micros * 1000L);
    }

    private Map<RelayState, Integer> states() {
        Map<RelayState, Integer> states = new EnumMap<>(RelayState.class);
        for (RelayState state : RelayState.values()) {
            states.put(state, relays(state));
        }
        return states;
    }

    private Map<Network, Integer> upByNetwork() {
        Map<Network, Integer> up = new EnumMap<>(Network.class);
        for (Network network : Network.values()) {
            up.put(network, 0);
        }
        for (JsonObject row : rows(STATES)) {
            if (RelayState.ofCode(row.getInteger("state")).isUp()) {
                up.merge(Network.ofCode(row.getInteger("network")), row.getInteger("relays"), Integer::sum);
            }
        }
        return up;
    }

    private @Nullable Instant lastCheckedAt() {
        Instant last = null;
        for (JsonObject row : rows(STATES)) {
            last = OverviewView.later(last, row.getInstant("checked_at"));
        }
        return last;
    }

    private List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        for (JsonObject row : rows(FAILURES)) {
            failures.add(new Failure(
                    Stage.ofCode(row.getInteger("stage")),
                    Reason.ofCode(row.getInteger("reason")),
                    row.getInteger("relays")));
        }
        return failures;
    }

    private List<Count> counts(String name) {
        return rows(name).stream()
                .map(row -> new Count(row.getString("what"), row.getInteger("relays")))
                .toList();
    }
}
