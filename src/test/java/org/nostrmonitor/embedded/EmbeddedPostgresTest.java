package org.nostrmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final Path PROGRAMS = Path.of("target");

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void nothingIsLeftRunning() throws IOException {
        Path data = directory.toRealPath().resolve("postgres/data");
        new PostgresProcesses(data)
                .running()
                .ifPresent(process -> assertThat(process.destroyForcibly()).isTrue());
    }

    @Test
    void isDurableAndSpeaksOnlyToThisMachine() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);

        assertThat(show(postgres, "fsync")).isEqualTo("on");
        assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
        assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(postgres, "log_timezone")).isEqualTo("UTC");
        assertThat(show(postgres, "server_encoding")).isEqualTo("UTF8");
        assertThat(query(postgres, "SELECT 'ÄÖ' ILIKE 'äö'")).isEqualTo("t");

        postgres.stop();
    }

    @Test
    void wantsThePasswordThatOnlyItsOwnerCanRead() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);

        Path password = directory.resolve("postgres/password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(postgres.uri()).contains(Files.readString(password).strip());
        String wrong = postgres.jdbcUrl().replaceFirst("password=.*", "password=wrong");
        assertThatThrownBy(() -> DriverManager.getConnection(wrong).close()).hasMessageContaining("password");

        postgres.stop();
    }

    @Test
    void keepsItsDataOverAStop() throws SQLException {
        EmbeddedPostgres first = EmbeddedPostgres.start(directory, PROGRAMS);
        execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        first.stop();

        EmbeddedPostgres second = EmbeddedPostgres.start(directory, PROGRAMS);

        assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
        second.stop();
    }

    @Test
    void takesOverFromAServerThatIsStillRunning() throws SQLException {
        EmbeddedPostgres leftBehind = EmbeddedPostgres.start(directory, PROGRAMS);
        execute(leftBehind, "CREATE TABLE kept AS SELECT 42 AS answer");

        EmbeddedPostgres second = EmbeddedPostgres.start(directory, PROGRAMS);

        assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(second.uri()).isNotEqualTo(leftBehind.uri());
        second.stop();
    }

    @Test
    void recoversFromAServerThatWasKilled() throws SQLException, IOException {
        EmbeddedPostgres first = EmbeddedPostgres.start(directory, PROGRAMS);
        execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        ProcessHandle server = new PostgresProcesses(directory.toRealPath().resolve("postgres/data"))
                .running()
                .orElseThrow();
        assertThat(server.destroyForcibly()).isTrue();
        server.onExit().join();

        EmbeddedPostgres second = EmbeddedPostgres.start(directory, PROGRAMS);

        assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
        second.stop();
    }

    @Test
    void isNotFooledByAPidThatBelongsToAnotherProcess() throws IOException, SQLException {
        EmbeddedPostgres.start(directory, PROGRAMS).stop();
        Files.writeString(
                directory.resolve("postgres/data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.toRealPath().resolve("postgres/data") + "\n");

        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);

        assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        postgres.stop();
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() throws IOException {
        EmbeddedPostgres.start(directory, PROGRAMS).stop();
        Files.writeString(directory.resolve("postgres/data/PG_VERSION"), "9\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, PROGRAMS))
                .isInstanceOf(CannotStartPostgres.class)
                .hasMessageContaining("initialized by PostgreSQL version 9")
                .hasMessageNotContaining("\n");
    }

    @Test
    void stopsTwiceAsWellAsOnce() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PROGRAMS);
        postgres.stop();
        postgres.stop();

        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl()).close())
                .isInstanceOf(SQLException.class);
    }

    private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
        return query(postgres, "SHOW " + setting);
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
