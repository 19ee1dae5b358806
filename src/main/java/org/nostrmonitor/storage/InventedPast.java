package org.nostrmonitor.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A past for relays of which one report is stored, so that pages can be looked at: checks by the quarter hour, outages, what
 * the network was by the hour and the day. All of it is invented, and agrees with itself and with the report.
 */
public final class InventedPast {
    /** Single results take the most room, and no page shows older ones. */
    private static final int RESULT_DAYS = 7;

    private final String uri;
    private final Instant last;
    private final int days;
    private final Consumer<String> progress;

    /**
     * @param last the cycle of the report
     * @param days so many before it, 1 to 400
     * @param progress is told what is made, in words
     */
    public InventedPast(String uri, Instant last, int days, Consumer<String> progress) {
        this.uri = uri;
        this.last = last;
        this.days = days;
        this.progress = progress;
    }

    /** Whether there is something already, which must not be mixed with what is invented. Blocks. */
    public boolean isPossible() {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT EXISTS (SELECT FROM relay_results)")) {
            return rows.next() && !rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be read: " + e.getMessage(), e);
        }
    }

    private DataSource source() {
        return PostgresAddress.of(uri).dataSource(0);
    }

    /** Blocks, some seconds for each day of a thousand relays. */
    public void make() {
        LocalDate today = LocalDate.ofInstant(last, ZoneOffset.UTC);
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            run(statement, "relays and outages", InventedPastSql.OUTAGES, today);
            for (LocalDate day = today.minusDays(days); !day.isAfter(today); day = day.plusDays(1)) {
                partition(statement, "relay_hourly", day, "", " WITH (fillfactor = 80)");
                run(statement, "checks of " + day, InventedPastSql.CHECKS, day);
                if (day.isAfter(today.minusDays(RESULT_DAYS + 1L))) {
                    partition(statement, "relay_results", day, " 00:00+00", "");
                    run(statement, "results of " + day, InventedPastSql.RESULTS, day);
                }
                run(statement, "statistics of " + day, InventedPastSql.TALLIES, day);
            }
            run(statement, "what is known now", InventedPastSql.NOW, today);
        } catch (SQLException e) {
            throw new IllegalStateException("the past could not be invented: " + e.getMessage(), e);
        }
    }

    private static void partition(Statement statement, String table, LocalDate day, String midnight, String options)
            throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s%s') TO ('%s%s')%s"
                .formatted(
                        table,
                        day.toString().replace("-", ""),
                        table,
                        day,
                        midnight,
                        day.plusDays(1),
                        midnight,
                        options));
    }

    private void run(Statement statement, String what, List<String> sql, LocalDate day) throws SQLException {
        long begun = System.nanoTime();
        for (String one : sql) {
            statement.execute(one.replace("$DAYS", "" + days)
                    .replace("$LAST", "'" + last + "'::timestamptz")
                    .replace("$FIRST", "('" + last + "'::timestamptz - interval '" + days + " days')")
                    .replace("$DAY", "'" + day + "'"));
        }
        progress.accept(what + ": " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }
}
