package org.nostrmonitor.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A database as it is after a year, made in SQL: the same for the same size, but for the day on which it is made. Three of ten
 * relays are up and have 96 checks a day, the others are dead and have five. Who is made once is used again.
 */
public final class BenchData {
    private static final int HOURLY_DAYS = 30;
    private static final int DAILY_DAYS = 365;

    private final String uri;
    private final BenchSize size;
    private final Consumer<String> progress;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final LocalDate until = today.minusDays(2).with(java.time.DayOfWeek.MONDAY);

    /** @param progress is told what is made, in words */
    public BenchData(String uri, BenchSize size, Consumer<String> progress) {
        this.uri = uri;
        this.size = size;
        this.progress = progress;
    }

    /**
     * Makes it, if the database is empty. Blocks, for as long as that takes.
     *
     * @throws IllegalStateException if the database holds something else
     */
    public void make() {
        DataSource source = PostgresAddress.of(uri).dataSource(0);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(BenchSql.NOTE);
            String there = noted(statement);
            if (there.isEmpty()) {
                fill(statement);
                statement.execute("INSERT INTO bench_size VALUES ('" + size + "')");
            } else if (!there.equals(size.toString())) {
                throw new IllegalStateException("the directory holds a database of " + there);
            }
            later(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the data could not be made: " + e.getMessage(), e);
        }
    }

    private static String noted(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT size FROM bench_size")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private void later(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(BenchLater.IS_THERE)) {
            rows.next();
            if (rows.getBoolean(1)) {
                return;
            }
        }
        run(statement, "uptimes and statistics", BenchLater.ROWS);
    }

    private void fill(Statement statement) throws SQLException {
        run(statement, "relays", BenchSql.RELAYS);
        run(statement, "templates", BenchSql.TEMPLATES);
        run(statement, "documents", BenchSql.DOCUMENTS);
        run(
                statement,
                "what is known now",
                List.of(BenchSql.CURRENT.replace(
                        "$REPORT",
                        BenchReports.json(today.atStartOfDay(ZoneOffset.UTC).toInstant()))));
        run(statement, "read models", BenchSql.READ_MODELS);
        for (LocalDate day = today.minusDays(HOURLY_DAYS); !day.isAfter(today); day = day.plusDays(1)) {
            run(statement, "hours of " + day, partitioned("relay_hourly", day, day.plusDays(1), "", BenchSql.HOURLY));
        }
        for (LocalDate day = today.minusDays(size.rawDays()); !day.isAfter(today.plusDays(2)); day = day.plusDays(1)) {
            List<String> rows = day.isAfter(today) ? List.of() : BenchSql.RESULTS;
            run(statement, "results of " + day, partitioned("relay_results", day, day.plusDays(1), " 00:00+00", rows));
        }
        LocalDate first = today.minusDays(DAILY_DAYS);
        for (LocalDate month = first.withDayOfMonth(1); !month.isAfter(today); month = month.plusMonths(1)) {
            run(statement, "month", partitioned("relay_daily", month, month.plusMonths(1), "", List.of()));
        }
        for (LocalDate week = until; week.isAfter(first); week = week.minusWeeks(1)) {
            run(
                    statement,
                    "days of the week before " + week,
                    partitioned("", week.minusWeeks(1), week, "", BenchSql.DAILY));
        }
        run(statement, "statistics", List.of("VACUUM (ANALYZE)", "CHECKPOINT"));
    }

    private static List<String> partitioned(
            String table, LocalDate from, LocalDate to, String midnight, List<String> rows) {
        List<String> statements = new java.util.ArrayList<>();
        if (!table.isEmpty()) {
            String options = table.equals("relay_hourly") ? " WITH (fillfactor = 80)" : "";
            statements.add("CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s%s') TO ('%s%s')%s"
                    .formatted(table, from.toString().replace("-", ""), table, from, midnight, to, midnight, options));
        }
        rows.forEach(row -> statements.add(row.replace("$FROM", from.toString()).replace("$TO", to.toString())));
        return statements;
    }

    private void run(Statement statement, String what, List<String> sql) throws SQLException {
        long begun = System.nanoTime();
        for (String one : sql) {
            statement.execute(one.replace("$RELAYS", "" + size.relays())
                    .replace("$REGIONS", "" + size.regions())
                    .replace("$DEEP", "" + size.deepRelays())
                    .replace("$UNTIL", "" + until));
        }
        progress.accept(what + ": " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }
}
