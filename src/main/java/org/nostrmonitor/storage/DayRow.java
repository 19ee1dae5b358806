package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.Sheet.Check;
import org.nostrmonitor.storage.Timeline.Weighed;

/**
 * A row of {@code relay_daily}.
 *
 * @param region 0 for all together: its checks are the sum, and its times are empty, they are those of its regions
 */
record DayRow(int relayId, short region, LocalDate day, Weighed weighed, Checks checks, Buffer times) {
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    /** The checks of each region, by relay. */
    static Map<Integer, Map<Short, List<Check>>> sheets(RowSet<Row> rows) {
        Map<Integer, Map<Short, List<Check>>> relays = new TreeMap<>();
        for (Row row : rows) {
            Sheet.read(
                    row.getLocalDate("day"),
                    row.getBuffer("checks"),
                    relays.computeIfAbsent(row.getInteger("relay_id"), id -> new TreeMap<>())
                            .computeIfAbsent(row.getShort("region"), number -> new ArrayList<>()));
        }
        return relays;
    }

    /** Days of which nothing is known have no row. */
    static List<DayRow> of(int relayId, Map<Short, List<Check>> regions, LocalDate first, int days) {
        List<DayRow> rows = new ArrayList<>();
        Map<LocalDate, Figures> together = new HashMap<>();
        regions.forEach((region, checks) -> {
            Map<LocalDate, Figures> figures = figures(checks);
            Timeline timeline = Timeline.of(List.of(checks));
            for (LocalDate day : first.datesUntil(first.plusDays(days)).toList()) {
                Figures ofDay = figures.getOrDefault(day, new Figures());
                together.computeIfAbsent(day, date -> new Figures()).add(ofDay.checks());
                add(new DayRow(relayId, region, day, within(timeline, day), ofDay.checks(), ofDay.times()), rows);
            }
        });
        Timeline timeline = Timeline.of(regions.values());
        together.forEach((day, sum) -> add(
                new DayRow(
                        relayId, HistoryWrites.ALL_REGIONS, day, within(timeline, day), sum.checks(), Buffer.buffer()),
                rows));
        return rows;
    }

    private static void add(DayRow row, List<DayRow> to) {
        if (row.checks.made() > 0 || row.weighed.known() > 0) {
            to.add(row);
        }
    }

    private static Map<LocalDate, Figures> figures(List<Check> checks) {
        Map<LocalDate, Figures> figures = new HashMap<>();
        checks.forEach(check -> figures.computeIfAbsent(
                        LocalDate.ofEpochDay(Math.floorDiv(check.second(), DAY_SECONDS)), day -> new Figures())
                .add(check));
        return figures;
    }

    private static Weighed within(Timeline timeline, LocalDate day) {
        long midnight = day.toEpochDay() * DAY_SECONDS;
        return timeline.within(midnight, midnight + DAY_SECONDS);
    }

    static Object[] columns(List<DayRow> rows) {
        return new Object[] {
            Columns.ints(rows, DayRow::relayId),
            Columns.shorts(rows, DayRow::region),
            Columns.dates(rows, DayRow::day),
            Columns.ints(rows, row -> (int) row.weighed.up()),
            Columns.ints(rows, row -> (int) row.weighed.known()),
            Columns.ints(rows, row -> row.checks.online()),
            Columns.ints(rows, row -> row.checks.degraded()),
            Columns.ints(rows, row -> row.checks.offline()),
            Columns.ints(rows, row -> row.checks.unknown()),
            Columns.bytes(rows, DayRow::times)
        };
    }
}
