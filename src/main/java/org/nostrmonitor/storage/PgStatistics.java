package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statistics, from what the coordinator has counted. */
public final class PgStatistics implements Statistics {
    private static final int LONGEST_DAYS = 800;

    private final Database database;
    private final NetworkShape shape;

    public PgStatistics(Database database) {
        this.database = database;
        this.shape = new NetworkShape(database);
    }

    @Override
    public Future<@Nullable Shape> shape() {
        return shape.read();
    }

    @Override
    public Future<Tallies> tallies(Kind kind, LocalDate first, LocalDate last, int most) {
        LocalDate earliest = last.minusDays(LONGEST_DAYS - 1L);
        LocalDate from = first.isBefore(earliest) ? earliest : first;
        long span = ChronoUnit.DAYS.between(from, last) + 1;
        int every = (int) Math.max(1, (span + MOST_DAYS - 1) / MOST_DAYS);
        int wanted = Math.max(1, Math.min(most, KEPT));
        Future<List<Day>> days =
                database.run(StatisticsSql.DAYS, kind.code(), from, last, every).map(PgStatistics::days);
        return days.compose(told -> database.run(StatisticsSql.SERIES, kind.code(), from, last, every, wanted)
                .map(rows -> new Tallies(kind, every, told, series(rows, told))));
    }

    private static List<Day> days(RowSet<Row> rows) {
        List<Day> days = new ArrayList<>();
        for (Row row : rows) {
            days.add(new Day(
                    row.getLocalDate("day"),
                    Columns.when(row, "taken_at"),
                    row.getInteger("up"),
                    row.getInteger("told"),
                    row.getInteger("different")));
        }
        return days;
    }

    private static List<Series> series(RowSet<Row> rows, List<Day> days) {
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        Map<String, Map<LocalDate, Integer>> counted = new LinkedHashMap<>();
        for (Row row : rows) {
            String what = row.getString("what");
            names.put(what, row.getString("name"));
            counted.computeIfAbsent(what, none -> new LinkedHashMap<>())
                    .put(row.getLocalDate("day"), row.getInteger("relays"));
        }
        List<Series> series = new ArrayList<>();
        counted.forEach((what, relays) -> series.add(new Series(
                what, names.get(what), days.stream().map(day -> on(day, relays)).toList())));
        return series;
    }

    /** Where all values of a day were kept, one that is not among them was not there. */
    private static @Nullable Integer on(Day day, Map<LocalDate, Integer> relays) {
        Integer counted = relays.get(day.day());
        return counted == null && day.different() <= KEPT ? Integer.valueOf(0) : counted;
    }
}
