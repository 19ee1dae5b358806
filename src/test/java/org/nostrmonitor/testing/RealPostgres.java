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
import java.util.List;
import java.util.Optional;
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

    /**
     * Stops the server as an operator would; connections are cut. It is the server of all test classes: start it again, or
     * the end of this class does.
     */
    public void stop() {
        running().stop();
    }

    /** Starts it again at the same URI. Returns when it answers; does nothing if it runs. */
    public void start() {
        if (running().process().isEmpty()) {
            running().restart();
        }
    }

    /** Kills the server without a word, all its processes. {@link #start} brings it back, with what was committed. */
    public void kill() {
        Optional<ProcessHandle> server = running().process();
        if (server.isPresent()) {
            List<ProcessHandle> children = server.get().descendants().toList();
            signal("KILL");
            server.get().onExit().join();
            children.forEach(child -> child.onExit().join());
        }
    }

    /** Suspends the server: connections stay, new ones are taken by the kernel, and nothing is answered. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on. Does nothing if it is not frozen. */
    public void thaw() {
        signal("CONT");
    }

    /** The first process first, so that it has no more children while they are signalled. */
    private static void signal(String signal) {
        Optional<ProcessHandle> server = running().process();
        if (server.isEmpty()) {
            return;
        }
        kill(signal, server.get());
        for (ProcessHandle child : server.get().descendants().toList()) {
            kill(signal, child);
        }
    }

    private static void kill(String signal, ProcessHandle process) {
        List<String> command = List.of("kill", "-" + signal, String.valueOf(process.pid()));
        try {
            int code = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("could not send SIG" + signal + " to PostgreSQL");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startOnce();
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        thaw();
        start();
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
