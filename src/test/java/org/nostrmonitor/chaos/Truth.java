package org.nostrmonitor.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What stands in PostgreSQL, read by plain SQL and none of our code. Blocks. */
final class Truth {
    private static final String CYCLES =
            "SELECT extract(epoch FROM cycle)::bigint, state, planned, coalesce(why, '') FROM cycles ORDER BY cycle";
    private static final String STORED = """
            SELECT extract(epoch FROM cycle)::bigint || ' ' || url
            FROM relay_results JOIN relays ON relays.id = relay_id
            WHERE cycle = to_timestamp(?)""";
    private static final String TWICE = """
            SELECT count(*) FROM (SELECT FROM relay_results GROUP BY relay_id, region, cycle HAVING count(*) > 1) twice""";

    private final String jdbcUrl;

    Truth(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** @param second its epoch second */
    record Cycle(long second, String state, int planned, String why) {
        boolean isOver() {
            return state.equals("complete") || state.equals("missed");
        }

        /** A tick that came while the last cycle still ran. */
        boolean wasSkipped() {
            return state.equals("missed") && planned == 0;
        }
    }

    List<Cycle> cycles() {
        return ask(CYCLES, statement -> {
            List<Cycle> cycles = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    cycles.add(new Cycle(rows.getLong(1), rows.getString(2), rows.getInt(3), rows.getString(4)));
                }
            }
            return cycles;
        });
    }

    /** The ids of the jobs of a cycle whose results are stored. */
    Set<String> stored(long cycle) {
        return ask(STORED, statement -> {
            statement.setLong(1, cycle);
            Set<String> ids = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        });
    }

    /** How many results are there more than once: the primary key forbids it. */
    long storedTwice() {
        return ask(TWICE, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private interface Question<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T ask(String sql, Question<T> question) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return question.of(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
