package org.nostrmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The outages that tests make are real ones, and end. */
@Timeout(60)
class RealPostgresTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @Test
    void isAwayWhileItIsStoppedAndKeepsItsDataAndUri() throws Exception {
        POSTGRES.execute("CREATE TABLE kept_over_stop AS SELECT 42 AS answer");
        String uri = POSTGRES.uri();

        POSTGRES.stop();
        assertThatThrownBy(RealPostgresTest::one).isInstanceOf(SQLException.class);
        POSTGRES.start();

        assertThat(POSTGRES.uri()).isEqualTo(uri);
        assertThat(query("SELECT answer FROM kept_over_stop", 5)).isEqualTo(42);
    }

    @Test
    void recoversAfterItWasKilled() throws Exception {
        POSTGRES.execute("CREATE TABLE kept_over_kill AS SELECT 43 AS answer");

        POSTGRES.kill();
        assertThatThrownBy(RealPostgresTest::one).isInstanceOf(SQLException.class);
        POSTGRES.start();

        assertThat(query("SELECT answer FROM kept_over_kill", 5)).isEqualTo(43);
    }

    @Test
    void answersNothingWhileItIsFrozen() throws Exception {
        POSTGRES.freeze();
        assertThatThrownBy(RealPostgresTest::one).isInstanceOf(SQLException.class);
        POSTGRES.thaw();

        assertThat(query("SELECT 1", 5)).isEqualTo(1);
    }

    private static int one() throws SQLException {
        return query("SELECT 1", 1);
    }

    private static int query(String sql, int seconds) throws SQLException {
        String url = POSTGRES.jdbcUrl() + "&loginTimeout=" + seconds + "&socketTimeout=" + seconds;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
