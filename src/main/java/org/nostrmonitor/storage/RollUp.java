package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes daily figures of the checks, a week at a time, a day after it is over: so the days of a relay lie beside one another.
 * It can be killed at any moment, and done again: a day's row is computed from all checks of the day, and takes the place of
 * one that was computed from as many or fewer. A week is done when that is noted, and that is not if a result for a day
 * that was over came meanwhile.
 */
final class RollUp {
    private static final Logger LOG = LoggerFactory.getLogger(RollUp.class);
    private static final int RELAYS_AT_ONCE = 200;
    private static final int DAYS = 7;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String RELAYS =
            "SELECT max(id) AS last FROM (SELECT id FROM relays WHERE id > $1 ORDER BY id LIMIT $2) AS few";

    private static final String ANYTHING =
            "SELECT EXISTS (SELECT FROM relay_hourly WHERE day >= $1 AND day < $2) AS is";

    private static final String SHEETS = """
            SELECT relay_id, region, day, checks FROM relay_hourly h
            WHERE relay_id > $1 AND relay_id <= $2 AND day >= $3 AND day < $4
              AND EXISTS (SELECT FROM relays r WHERE r.id = h.relay_id)""";

    private static final String PUT = """
            INSERT INTO relay_daily AS d (
                relay_id, region, day, up_seconds, known_seconds, online, degraded, offline, unknown, times)
            SELECT * FROM unnest(
                $1::integer[], $2::smallint[], $3::date[], $4::integer[], $5::integer[], $6::integer[], $7::integer[],
                $8::integer[], $9::integer[], $10::bytea[])
                AS given (relay_id, region, day, up_seconds, known_seconds, online, degraded, offline, unknown, times)
            ORDER BY relay_id, region, day
            ON CONFLICT (relay_id, region, day) DO UPDATE SET
                up_seconds = EXCLUDED.up_seconds, known_seconds = EXCLUDED.known_seconds, online = EXCLUDED.online,
                degraded = EXCLUDED.degraded, offline = EXCLUDED.offline, unknown = EXCLUDED.unknown,
                times = EXCLUDED.times
            WHERE d.online + d.degraded + d.offline + d.unknown
                <= EXCLUDED.online + EXCLUDED.degraded + EXCLUDED.offline + EXCLUDED.unknown""";

    private static final String DONE =
            "UPDATE daily_rolled_up SET until = $3::date WHERE until = $1::date AND late = $2 RETURNING until";

    private final Database database;
    private final AtomicReference<@Nullable Future<Integer>> running = new AtomicReference<>();

    RollUp(Database database) {
        this.database = database;
    }

    /** The week that is being rolled up. {@code late} was read before it began. */
    private record Week(LocalDate first, long late) {
        LocalDate after() {
            return first.plusDays(DAYS);
        }
    }

    /** All days before it are rolled up. */
    Future<LocalDate> until() {
        return next().map(Week::first);
    }

    private Future<Week> next() {
        return database.run(HistorySql.ROLLED_UP).map(rows -> {
            Row row = rows.iterator().next();
            return new Week(row.getLocalDate("until"), row.getLong("late"));
        });
    }

    /** As {@link Housekeeping#rollUp}. */
    Future<Integer> run(LocalDate today) {
        Promise<Integer> mine = Promise.promise();
        Future<Integer> going = running.compareAndExchange(null, mine.future());
        if (going != null) {
            return going;
        }
        weeks(today, 0, System.nanoTime()).onComplete(done -> {
            running.set(null);
            mine.handle(done);
        });
        return mine.future();
    }

    private Future<Integer> weeks(LocalDate today, int done, long begun) {
        boolean late = System.nanoTime() - begun > LONGEST.toNanos();
        return next().compose(week -> late || week.after().plusDays(1).isAfter(today)
                ? Future.succeededFuture(done)
                : rollUp(week).compose(well -> well ? weeks(today, done + 1, begun) : Future.succeededFuture(done)));
    }

    private Future<Boolean> rollUp(Week week) {
        return database.run(ANYTHING, week.first(), week.after())
                .compose(rows -> rows.iterator().next().getBoolean("is") ? relays(week) : Future.succeededFuture())
                .compose(done -> database.run(DONE, week.first(), week.late(), week.after()))
                .map(noted -> noted.rowCount() == 1)
                .onSuccess(noted -> {
                    if (!noted) {
                        LOG.info("the week of {} is rolled up again: a late result came meanwhile", week.first());
                    }
                });
    }

    private Future<Void> relays(Week week) {
        return database.transaction(connection -> Partitions.DAILY.make(
                        connection, week.first(), week.after().minusDays(1)))
                .compose(made -> relaysAfter(0, week))
                .compose(done -> vacuum(week));
    }

    private Future<Void> relaysAfter(int id, Week week) {
        return database.run(RELAYS, id, RELAYS_AT_ONCE)
                .map(rows -> rows.iterator().next().getInteger("last"))
                .compose(last -> last == null
                        ? Future.succeededFuture()
                        : some(id, last, week).compose(done -> relaysAfter(last, week)));
    }

    private Future<Void> some(int after, int last, Week week) {
        LocalDate before = week.first().minusDays(Timeline.DAYS_BEFORE);
        return database.run(SHEETS, after, last, before, week.after())
                .compose(rows -> database.vertx().executeBlocking(() -> days(rows, week), false))
                .compose(this::put);
    }

    private static List<DayRow> days(RowSet<Row> sheets, Week week) {
        List<DayRow> days = new ArrayList<>();
        DayRow.sheets(sheets).forEach((relay, regions) -> days.addAll(DayRow.of(relay, regions, week.first(), DAYS)));
        return days;
    }

    private Future<Void> put(List<DayRow> days) {
        return days.isEmpty()
                ? Future.succeededFuture()
                : database.run(PUT, DayRow.columns(days)).mapEmpty();
    }

    /** So that the index alone answers. Autovacuum would do so too, at some time: a failure is no harm. */
    private Future<Void> vacuum(Week week) {
        String first = Partitions.DAILY.name(week.first());
        String last = Partitions.DAILY.name(week.after().minusDays(1));
        Future<Void> done = database.run("VACUUM (ANALYZE) " + first).mapEmpty();
        return done.compose(vacuumed -> first.equals(last)
                        ? Future.succeededFuture()
                        : database.run("VACUUM (ANALYZE) " + last).<Void>mapEmpty())
                .otherwiseEmpty();
    }
}
