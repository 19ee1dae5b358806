package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.storage.Timeline.Weighed;

/** A relay by the hour or by the day. */
final class PointsView {
    private final Database database;
    private final InstantSource clock;

    PointsView(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param first the start of an hour or day */
    Future<List<Point>> read(RelayUrl url, @Nullable String region, Instant first, Instant to, Resolution resolution) {
        return resolution == Resolution.DAY
                ? days(url, region, first, to)
                : fromChecks(url, region, first, to, resolution).map(points -> List.copyOf(points.values()));
    }

    private Future<Map<Instant, Point>> fromChecks(
            RelayUrl url, @Nullable String region, Instant first, Instant to, Resolution resolution) {
        return PastChecks.read(
                database,
                url,
                region,
                Sheet.day(first),
                Sheet.day(to),
                checks -> points(checks, first, to, resolution));
    }

    private Map<Instant, Point> points(PastChecks checks, Instant first, Instant to, Resolution resolution) {
        long length = resolution.length().toSeconds();
        long now = clock.instant().getEpochSecond();
        Map<Long, Figures> figures = new HashMap<>();
        checks.all()
                .filter(check -> check.second() >= first.getEpochSecond() && check.second() < to.getEpochSecond())
                .forEach(check -> figures.computeIfAbsent(
                                Math.floorDiv(check.second(), length) * length, start -> new Figures())
                        .add(check));
        Timeline timeline = checks.together();
        Map<Instant, Point> points = new TreeMap<>();
        for (long start = first.getEpochSecond(); start < to.getEpochSecond(); start += length) {
            // What a check will stand for is not known before it is past.
            Weighed weighed = timeline.within(start, Math.min(start + length, now));
            Figures found = figures.get(start);
            if (found != null || weighed.known() > 0) {
                Instant from = Instant.ofEpochSecond(start);
                points.put(from, (found == null ? new Figures() : found).point(from, weighed));
            }
        }
        return points;
    }

    /** From the roll-up, and from the checks for the days that are not, or have to be rolled up again. */
    private Future<List<Point>> days(RelayUrl url, @Nullable String region, Instant first, Instant to) {
        return database.run(HistorySql.ROLLED_UP).compose(rows -> {
            Instant until = midnight(rows.iterator().next().getLocalDate("until"));
            Instant fresh = until.isAfter(first) ? until : first;
            Future<Map<Instant, Point>> recent = fresh.isBefore(to)
                    ? fromChecks(url, region, fresh, to, Resolution.DAY)
                    : Future.succeededFuture(Map.of());
            Future<Map<Instant, Point>> old = database.run(
                            HistorySql.DAYS, url.value(), Sheet.day(first), Sheet.day(to.minusSeconds(1)), region)
                    .compose(found -> database.elsewhere(() -> rolledUp(found)));
            return Future.all(recent, old).map(both -> together(old.result(), recent.result()));
        });
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Of two that tell of the same day, who has more checks. */
    private static List<Point> together(Map<Instant, Point> old, Map<Instant, Point> recent) {
        Map<Instant, Point> points = new TreeMap<>(old);
        recent.forEach((day, point) -> points.merge(
                day, point, (one, other) -> one.checks().made() > other.checks().made() ? one : other));
        return new ArrayList<>(points.values());
    }

    /** What is of all regions has no times of its own: they are added up. */
    private static Map<Instant, Point> rolledUp(RowSet<Row> rows) {
        Map<LocalDate, Figures> figures = new HashMap<>();
        Map<LocalDate, Weighed> weighed = new HashMap<>();
        boolean hasTotals = false;
        for (Row row : rows) {
            hasTotals |= row.getShort("region") == HistoryWrites.ALL_REGIONS;
        }
        for (Row row : rows) {
            LocalDate day = row.getLocalDate("day");
            Figures ofDay = figures.computeIfAbsent(day, date -> new Figures());
            ofDay.addTimes(row.getBuffer("times"));
            if (!hasTotals || row.getShort("region") == HistoryWrites.ALL_REGIONS) {
                ofDay.add(checks(row));
                weighed.put(day, new Weighed(row.getInteger("up_seconds"), row.getInteger("known_seconds")));
            }
        }
        Map<Instant, Point> points = new HashMap<>();
        figures.forEach((day, ofDay) ->
                points.put(midnight(day), ofDay.point(midnight(day), weighed.getOrDefault(day, Weighed.NOTHING))));
        return points;
    }

    private static Checks checks(Row row) {
        return new Checks(
                row.getInteger("online"),
                row.getInteger("degraded"),
                row.getInteger("offline"),
                row.getInteger("unknown"));
    }
}
