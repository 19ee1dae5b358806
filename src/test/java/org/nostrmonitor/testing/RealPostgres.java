package org.nostrmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.storage.Migrations;

/**
 * A database of its own for each test class, migrated, on a real PostgreSQL. The server is started once for the JVM by the
 * first class that asks, and stopped when the JVM ends.
 *
 * <pre>{@code @RegisterExtension static final RealPostgres POSTGRES = new RealPostgres();}</pre>
 */
public final class RealPostgres implements BeforeAllCallback, AfterAllCallback {
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final String name = "test_" + COUNT.incrementAndGet();

    /** {@code postgresql://…}: the database of this test class. */
    public String uri() {
        return uri(name);
    }

    /** The same for JDBC. */
    public String jdbcUrl() {
        return jdbcUrl(name);
    }

    /** Runs statements over JDBC, blocking: to arrange what no repository would do. */
    public void execute(String sql) {
        execute(name, sql);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startOnce();
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        execute("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static synchronized void startOnce() {
        if (server != null) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory("nostr-monitor-postgres");
            EmbeddedPostgres started = EmbeddedPostgres.start(directory, Path.of("target"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, directory)));
            server = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute("postgres", "CREATE DATABASE " + TEMPLATE);
        Migrations.run(uri(TEMPLATE));
    }

    private static void stop(EmbeddedPostgres started, Path directory) {
        started.stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String uri(String database) {
        return running().uri().replaceFirst("/[a-z]+$", "/" + database);
    }

    private static String jdbcUrl(String database) {
        return running().jdbcUrl().replaceFirst("/[a-z]+\\?", "/" + database + "?");
    }

    private static synchronized EmbeddedPostgres running() {
        if (server == null) {
            throw new IllegalStateException("asked for before the test class began");
        }
        return server;
    }
}
