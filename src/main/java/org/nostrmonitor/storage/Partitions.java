package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table that is cut by time: its partitions are named for the first day (UTC) that is in them. */
enum Partitions {
    RESULTS("relay_results", ChronoUnit.DAYS, " 00:00:00+00", ""),
    /** Rows grow all day long: with room, most grow where they are. */
    HOURLY("relay_hourly", ChronoUnit.DAYS, "", " WITH (fillfactor = 80)"),
    DAILY("relay_daily", ChronoUnit.MONTHS, "", "");

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** One node at a time changes partitions, and gives up rather than hold up those who write. */
    private static final String TAKE_TURNS =
            "SELECT pg_advisory_xact_lock(hashtext('relay_results')), set_config('lock_timeout', '10s', true)";

    private static final String NAMES =
            "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::text::regclass";

    /** With a name and bounds that come from a date: DDL takes no parameters. */
    private static final String MAKE = "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s%s') TO ('%s%s')%s";

    private static final String DROP = "DROP TABLE %s";

    private final String table;
    private final ChronoUnit unit;
    private final String midnight;
    private final String options;

    Partitions(String table, ChronoUnit unit, String midnight, String options) {
        this.table = table;
        this.unit = unit;
        this.midnight = midnight;
        this.options = options;
    }

    /** Completes with the first days of those that were made, for the days from the first to the last. */
    Future<List<LocalDate>> make(SqlConnection connection, LocalDate first, LocalDate last) {
        return turn(connection).compose(there -> {
            List<LocalDate> missing = new ArrayList<>();
            for (LocalDate day = start(first); !day.isAfter(last); day = day.plus(1, unit)) {
                if (!there.contains(day)) {
                    missing.add(day);
                }
            }
            return each(connection, missing, this::makeOne).map(missing);
        });
    }

    /** Drops those that have nothing of this day or a later one. Completes with how many. */
    Future<Integer> drop(SqlConnection connection, LocalDate before) {
        Predicate<LocalDate> old = day -> !day.plus(1, unit).isAfter(before);
        return turn(connection).compose(there -> {
            List<LocalDate> over = there.stream().filter(old).toList();
            return each(connection, over, day -> DROP.formatted(name(day))).map(over.size());
        });
    }

    /** How many days from this one on have their partition. */
    Future<Integer> ahead(Database database, LocalDate today) {
        return database.run(NAMES, table).map(rows -> {
            List<LocalDate> there = new ArrayList<>();
            rows.forEach(row -> addDay(row.getString("name"), there));
            LocalDate day = today;
            while (there.contains(start(day))) {
                day = day.plusDays(1);
            }
            return (int) ChronoUnit.DAYS.between(today, day);
        });
    }

    String name(LocalDate day) {
        return table + "_" + DAY.format(start(day));
    }

    private LocalDate start(LocalDate day) {
        return unit == ChronoUnit.MONTHS ? day.withDayOfMonth(1) : day;
    }

    private Future<List<LocalDate>> turn(SqlConnection connection) {
        return Database.run(connection, TAKE_TURNS)
                .compose(turn -> Database.run(connection, NAMES, table))
                .map(rows -> {
                    List<LocalDate> days = new ArrayList<>();
                    rows.forEach(row -> addDay(row.getString("name"), days));
                    return days;
                });
    }

    private void addDay(String name, List<LocalDate> to) {
        LocalDate day = day(name);
        if (day != null) {
            to.add(day);
        }
    }

    /** Null for a table that an operator attached under another name: it is not ours to drop. */
    private @Nullable LocalDate day(String name) {
        try {
            return name.startsWith(table + "_") ? LocalDate.parse(name.substring(table.length() + 1), DAY) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String makeOne(LocalDate day) {
        return MAKE.formatted(name(day), table, day, midnight, day.plus(1, unit), midnight, options);
    }

    private static Future<Void> each(
            SqlConnection connection, List<LocalDate> days, Function<LocalDate, String> statement) {
        Future<Void> done = Future.succeededFuture();
        for (LocalDate day : days) {
            done = done.compose(
                    before -> connection.query(statement.apply(day)).execute().mapEmpty());
        }
        return done;
    }
}
