package org.nostrmonitor.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own as a child process, with all it needs in {@code <dataDirectory>/postgres}: durable, on
 * 127.0.0.1 only, with a password. One at a time works in a data directory; the caller holds the lock that sees to it.
 *
 * <p>It is started by {@code pg_ctl} and so has a session of its own: Ctrl-C in a terminal reaches the monitor, which still
 * needs its database to stop in order, and not the server. No shutdown hook stops it: {@link #stop} does.
 */
public final class EmbeddedPostgres {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "nostrmonitor";
    private static final String DATABASE = "nostrmonitor";
    private static final int STARTS = 3;
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path home;
    private final Path data;
    private final Path log;
    private final Path binaries;
    private final Unprivileged unprivileged;
    private final String password;
    private int port;

    private EmbeddedPostgres(Path home, Path binaries) throws IOException {
        this.home = home;
        this.data = home.resolve("data");
        this.log = home.resolve("server.log");
        this.binaries = binaries;
        this.unprivileged = Unprivileged.toRun(binaries.resolve("bin/postgres"), home.resolve("command.log"));
        this.password = password(home.resolve("password"), Files.exists(data));
    }

    /**
     * Starts it, and makes it first if there is none: about 3 s the first time, 1 s after that. A server that a killed run
     * left behind in the same directory is stopped before. Blocks: not for an event loop.
     *
     * @throws CannotStartPostgres if it does not start
     */
    public static EmbeddedPostgres start(Path dataDirectory) {
        return start(dataDirectory, dataDirectory.resolve("postgres"));
    }

    /**
     * The same, with the programs unpacked in another directory, which several servers may share.
     *
     * @throws CannotStartPostgres if it does not start
     */
    public static EmbeddedPostgres start(Path dataDirectory, Path programs) {
        try {
            Path home =
                    Files.createDirectories(dataDirectory.resolve("postgres")).toRealPath();
            EmbeddedPostgres postgres = new EmbeddedPostgres(home, PostgresBinaries.in(programs.toAbsolutePath()));
            postgres.start();
            return postgres;
        } catch (IOException e) {
            throw new CannotStartPostgres(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The {@link #uri} of the server that another process runs in this data directory now, if there is one. Blocks.
     *
     * @throws CannotStartPostgres if there is one, but its password cannot be read
     */
    public static Optional<String> uriOfRunning(Path dataDirectory) {
        Path home = dataDirectory.resolve("postgres");
        try {
            Path data = Files.exists(home) ? home.toRealPath().resolve("data") : home.resolve("data");
            Optional<Integer> port = new LeftoverPostgres(data).port();
            return port.isEmpty()
                    ? Optional.empty()
                    : Optional.of(uri(Files.readString(home.resolve("password")).strip(), port.get()));
        } catch (IOException e) {
            throw new CannotStartPostgres("its password cannot be read: " + e.getMessage(), e);
        }
    }

    private void start() throws IOException {
        unprivileged.own(home);
        LeftoverPostgres leftover = new LeftoverPostgres(data);
        leftover.clear(this::stop);
        if (!Files.exists(data)) {
            initialise();
        }
        port = freePort();
        for (int attempt = 1; !launch(); attempt++) {
            String why = Command.tail(log);
            leftover.clear(this::stop);
            if (attempt == STARTS || !why.contains("Address already in use")) {
                throw notStarted(why);
            }
            port = freePort();
        }
        LOG.info("embedded PostgreSQL is up on 127.0.0.1:{}", port);
    }

    /** All in a folder that gets its name last: a start that is cut off in the middle leaves nothing half made. */
    private void initialise() throws IOException {
        Path partial = home.resolve("data.unfinished");
        PostgresBinaries.delete(partial);
        run(
                START,
                program("initdb"),
                "--pgdata=" + partial,
                "--username=" + USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        createDatabase(partial);
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void createDatabase(Path partial) throws IOException {
        Path statement = home.resolve("create.sql");
        Files.writeString(statement, "CREATE DATABASE " + DATABASE + "\n");
        Path output = home.resolve("command.log");
        List<String> line = unprivileged.line(program("postgres"), "--single", "-D", partial.toString(), "postgres");
        int code = new Command(line, output, START).run(ProcessBuilder.Redirect.from(statement.toFile()));
        Files.delete(statement);
        if (code != 0) {
            throw new CannotStartPostgres(Command.reason(Command.tail(output)));
        }
    }

    private CannotStartPostgres notStarted(String why) {
        return new CannotStartPostgres(Command.reason(why) + " (more in " + log + ")");
    }

    private boolean launch() throws IOException {
        Files.deleteIfExists(log);
        List<String> line = unprivileged.line(
                program("pg_ctl"),
                "start",
                "--wait",
                "--timeout=" + START.toSeconds(),
                "--pgdata=" + data,
                "--log=" + log,
                "--options=" + String.join(" ", PostgresSettings.arguments(port)));
        return new Command(line, home.resolve("command.log"), START.plusSeconds(10)).run() == 0;
    }

    /** Stops it fast and in order: what was committed is kept, clients are cut off. Blocks, up to 30 s and a little. */
    public void stop() {
        try {
            Path output = home.resolve("command.log");
            String directory = "--pgdata=" + data;
            String timeout = "--timeout=" + STOP.toSeconds();
            List<String> fast =
                    unprivileged.line(program("pg_ctl"), "stop", "--mode=fast", "--wait", timeout, directory);
            if (new Command(fast, output, STOP.plusSeconds(5)).run() == 0
                    || new LeftoverPostgres(data).running().isEmpty()) {
                return;
            }
            LOG.warn("embedded PostgreSQL did not stop in {} s: stopping it at once", STOP.toSeconds());
            run(STOP, program("pg_ctl"), "stop", "--mode=immediate", "--wait", timeout, directory);
        } catch (IOException e) {
            LOG.warn("embedded PostgreSQL could not be stopped", e);
        }
    }

    /**
     * Starts it again where it was, with the same URI, after it was stopped or died. What a server that was killed left
     * behind is waited for, up to 20 s, and what it had committed is recovered. Blocks.
     *
     * @throws CannotStartPostgres if it does not start; another try may
     */
    public void restart() {
        try {
            new LeftoverPostgres(data).clear(this::stop);
            if (!launch()) {
                throw notStarted(Command.tail(log));
            }
        } catch (IOException e) {
            throw new CannotStartPostgres(String.valueOf(e.getMessage()), e);
        }
    }

    /** The first process of the server, the parent of all others; empty if it does not run. */
    public Optional<ProcessHandle> process() {
        return new LeftoverPostgres(data).running();
    }

    /** {@code postgresql://user:password@127.0.0.1:port/database}: a secret. */
    public String uri() {
        return uri(password, port);
    }

    private static String uri(String password, int port) {
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The same for JDBC: a secret. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE + "?user=" + USER + "&password=" + password;
    }

    private void run(Duration timeout, String... words) throws IOException {
        Path output = home.resolve("command.log");
        if (new Command(unprivileged.line(words), output, timeout).run() != 0) {
            throw new CannotStartPostgres(Command.reason(Command.tail(output)));
        }
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }

    private static String password(Path file, boolean hasData) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        if (hasData) {
            throw new CannotStartPostgres("its data is there, but its password file is missing: " + file);
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path partial = file.resolveSibling("password.unfinished");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, password + "\n", StandardCharsets.US_ASCII);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
