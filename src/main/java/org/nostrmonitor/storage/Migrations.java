package org.nostrmonitor.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date: {@code db/migration/V*.sql}, by Flyway over JDBC. */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int OLDEST_SERVER = 15;

    private Migrations() {}

    /**
     * Runs what is new. Several nodes may do so at the same time: one works, the others wait. Blocks: not for an event loop.
     *
     * @param uri {@code postgresql://user:password@host:port/database}
     * @throws PostgresUnavailable if the server cannot be reached or used, or a migration fails
     */
    public static void run(String uri) {
        PostgresAddress address = PostgresAddress.of(uri);
        try {
            greet(address);
            int done = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(address.dataSource())
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .failOnMissingLocations(true)
                    .connectRetries(0)
                    .load()
                    .migrate()
                    .migrationsExecuted;
            if (done > 0) {
                LOG.info("database schema: {} migration(s) done", done);
            }
        } catch (SQLException e) {
            throw new PostgresUnavailable("PostgreSQL at " + address + ": " + firstLine(e), e);
        } catch (FlywayException e) {
            throw new PostgresUnavailable("migrating PostgreSQL at " + address + ": " + firstLine(e), e);
        }
    }

    /** Fails with the server's own words, which Flyway would bury. */
    private static void greet(PostgresAddress address) throws SQLException {
        try (Connection connection = address.dataSource().getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SERVER) {
                throw new PostgresUnavailable("PostgreSQL at " + address + " is version " + version + "; "
                        + OLDEST_SERVER + " or newer is needed");
            }
        }
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end).strip();
    }
}
