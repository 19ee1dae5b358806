package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nostrmonitor.storage.Recent.Counted;
import org.nostrmonitor.storage.Sheet.Check;

/**
 * Counts the uptimes and the times to open that lists show, of all relays in turn, a hundred at a time: also of those that
 * nobody checks any more, whose past has to leave them. It takes ten times as long as it works, so that a round of a thousand
 * relays takes seconds, is made once a minute, and one of a hundred thousand takes a quarter of an hour or so. All nodes that
 * ask for it share the turns.
 *
 * <p>What was before today is kept as spans, and a day's checks are read until it is over; all of a month only the first time.
 */
final class RecentCounts {
    private static final int RELAYS_AT_ONCE = 100;
    private static final int WAIT_FOR_WORK = 10;
    private static final long LONGEST_WAIT_MS = 10_000;

    private final Database database;

    RecentCounts(Database database) {
        this.database = database;
    }

    /** Counts some, if it is time. */
    Future<Void> some() {
        long begun = System.nanoTime();
        return database.run(RecentSql.TAKE_TURN).compose(rows -> {
            Iterator<Row> turn = rows.iterator();
            if (!turn.hasNext()) {
                return Future.succeededFuture();
            }
            Row row = turn.next();
            return after(row.getInteger("after_id"), Columns.when(row, "now")).compose(last -> pass(last, begun));
        });
    }

    private Future<Void> pass(int last, long begun) {
        long worked = (System.nanoTime() - begun) / 1_000_000;
        int wait = (int) Math.min(LONGEST_WAIT_MS, worked * WAIT_FOR_WORK);
        return database.run(RecentSql.PASS_TURN, last, wait).mapEmpty();
    }

    /** Completes with the id of the last one that was counted; 0 if there was none. */
    Future<Integer> after(int id, Instant now) {
        return database.run(RecentSql.STORED, id, RELAYS_AT_ONCE).compose(rows -> {
            List<Recent> stored = new ArrayList<>();
            rows.forEach(row -> stored.add(Recent.of(row)));
            return stored.isEmpty()
                    ? Future.succeededFuture(0)
                    : count(id, stored, now).map(stored.get(stored.size() - 1).relayId());
        });
    }

    private Future<Void> count(int after, List<Recent> stored, Instant now) {
        int last = stored.get(stored.size() - 1).relayId();
        LocalDate today = Sheet.day(now);
        LocalDate from = stored.stream()
                .map(one -> one.first(today))
                .min(Comparator.naturalOrder())
                .orElse(today)
                .minusDays(Timeline.DAYS_BEFORE);
        return database.run(RecentSql.SHEETS, after, last, from, today)
                .compose(rows -> database.elsewhere(() -> counted(stored, rows, now)))
                .compose(counted -> put(counted).compose(done -> shares(counted)));
    }

    private static List<Counted> counted(List<Recent> stored, RowSet<Row> sheets, Instant now) {
        Map<Integer, Map<Short, List<Check>>> checks = DayRow.sheets(sheets);
        return stored.stream()
                .map(one -> one.with(checks.getOrDefault(one.relayId(), Map.of()), now))
                .toList();
    }

    private Future<Void> put(List<Counted> counted) {
        List<Recent> rows =
                counted.stream().map(Counted::row).filter(Objects::nonNull).toList();
        return rows.isEmpty()
                ? Future.succeededFuture()
                : database.run(RecentSql.PUT, Recent.columns(rows)).mapEmpty();
    }

    private Future<Void> shares(List<Counted> counted) {
        return database.run(
                        RecentSql.SHARES,
                        Columns.ints(counted, Counted::relayId),
                        Columns.shorts(counted, Counted::day),
                        Columns.shorts(counted, Counted::week),
                        Columns.shorts(counted, Counted::month))
                .mapEmpty();
    }
}
