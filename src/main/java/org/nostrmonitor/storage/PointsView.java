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
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Phase;
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

    /**
     * @param first the start of an hour or day
     * @param to not included
     */
    record Slice(Instant first, Instant to, Resolution resolution, Set<Phase> phases) {
        Slice {
            phases = Set.copyOf(phases);
        }

        Slice from(Instant later) {
            return new Slice(later, to, resolution, phases);
        }

        /** How many hours or days it has, a last one that is not whole included. */
        int size() {
            return place(to.getEpochSecond() - 1) + 1;
        }

        /** Which of them a second is in. */
        int place(long second) {
            return (int) Math.floorDiv(second - first.getEpochSecond(), seconds());
        }

        long seconds() {
            return resolution.length().toSeconds();
        }
    }

    Future<List<Point>> read(RelayUrl url, @Nullable String region, Slice slice) {
        return slice.resolution == Resolution.DAY
                ? days(url, region, slice)
                : fromChecks(url, region, slice).map(points -> List.copyOf(points.values()));
    }

    private Future<Map<Instant, Point>> fromChecks(RelayUrl url, @Nullable String region, Slice slice) {
        return PastChecks.read(
                database, url, region, Sheet.day(slice.first), Sheet.day(slice.to), checks -> points(checks, slice));
    }

    private Map<Instant, Point> points(PastChecks checks, Slice slice) {
        long now = clock.instant().getEpochSecond();
        @Nullable Figures[] figures = figures(checks, slice);
        Timeline timeline = checks.together();
        Map<Instant, Point> points = new TreeMap<>();
        long start = slice.first.getEpochSecond();
        for (Figures found : figures) {
            // What a check will stand for is not known before it is past.
            Weighed weighed = timeline.within(start, Math.min(start + slice.seconds(), now));
            if (found != null || weighed.known() > 0) {
                Instant from = Instant.ofEpochSecond(start);
                points.put(from, (found == null ? new Figures(Set.of()) : found).point(from, weighed));
            }
            start += slice.seconds();
        }
        return points;
    }

    /** Null where nothing was checked. */
    private static @Nullable Figures[] figures(PastChecks checks, Slice slice) {
        @Nullable Figures[] figures = new Figures[slice.size()];
        checks.all()
                .filter(check ->
                        check.second() >= slice.first.getEpochSecond() && check.second() < slice.to.getEpochSecond())
                .forEach(check -> {
                    int place = slice.place(check.second());
                    Figures found = figures[place] == null ? new Figures(slice.phases) : figures[place];
                    figures[place] = found;
                    found.add(check);
                });
        return figures;
    }

    /** From the roll-up, and from the checks for the days that are not, or have to be rolled up again. */
    private Future<List<Point>> days(RelayUrl url, @Nullable String region, Slice slice) {
        return database.run(HistorySql.ROLLED_UP).compose(rows -> {
            Instant until = midnight(rows.iterator().next().getLocalDate("until"));
            Instant fresh = until.isAfter(slice.first) ? until : slice.first;
            Future<Map<Instant, Point>> recent = fresh.isBefore(slice.to)
                    ? fromChecks(url, region, slice.from(fresh))
                    : Future.succeededFuture(Map.of());
            Future<Map<Instant, Point>> old = database.run(
                            HistorySql.DAYS,
                            url.value(),
                            Sheet.day(slice.first),
                            Sheet.day(slice.to.minusSeconds(1)),
                            region)
                    .compose(found -> database.elsewhere(() -> rolledUp(found, slice.phases)));
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
    private static Map<Instant, Point> rolledUp(RowSet<Row> rows, Set<Phase> phases) {
        Map<LocalDate, Figures> figures = new HashMap<>();
        Map<LocalDate, Weighed> weighed = new HashMap<>();
        boolean hasTotals = false;
        for (Row row : rows) {
            hasTotals |= row.getShort("region") == HistoryWrites.ALL_REGIONS;
        }
        for (Row row : rows) {
            LocalDate day = row.getLocalDate("day");
            Figures ofDay = figures.computeIfAbsent(day, date -> new Figures(phases));
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
