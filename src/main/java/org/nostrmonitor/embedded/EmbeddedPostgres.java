package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
public final class EmbeddedPostgres implements EmbeddedServer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int STARTS = 3;
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    /** What a server that was killed leaves behind needs a moment to notice, and one that is born to say who it is. */
    private static final Duration MOMENT = Duration.ofSeconds(5);
    /** The server is not our child: nobody tells us of its end. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final PostgresHome home;
    private final PostgresProcesses processes;
    private final String password;
    private int port;

    private EmbeddedPostgres(PostgresHome home) throws IOException {
        this.home = home;
        this.processes = new PostgresProcesses(home.data());
        this.password = home.password();
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
            EmbeddedPostgres postgres = new EmbeddedPostgres(PostgresHome.in(dataDirectory, programs));
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
            Optional<Integer> port = new PostgresProcesses(data).port();
            return port.isEmpty()
                    ? Optional.empty()
                    : Optional.of(uri(Files.readString(home.resolve("password")).strip(), port.get()));
        } catch (IOException e) {
            throw new CannotStartPostgres("its password cannot be read: " + e.getMessage(), e);
        }
    }

    private void start() throws IOException {
        if (processes.running().isPresent()) {
            LOG.info("stopping the PostgreSQL that an earlier run left behind");
        }
        clear();
        if (!Files.exists(home.data())) {
            NewPostgres.make(home);
        }
        port = FreePort.find();
        for (int attempt = 1; !launch(); attempt++) {
            clear();
            if (attempt == STARTS || !Command.tail(home.log()).contains("Address already in use")) {
                throw notStarted();
            }
            port = FreePort.find();
        }
        LOG.info("embedded PostgreSQL is up on 127.0.0.1:{}", port);
    }

    private boolean launch() throws IOException {
        home.turnLog();
        Command start = home.command(
                START.plusSeconds(10),
                "pg_ctl",
                "start",
                "--wait",
                "--timeout=" + START.toSeconds(),
                "--pgdata=" + home.data(),
                "--log=" + home.log(),
                "--options=" + String.join(" ", PostgresSettings.arguments(port)));
        return start.run() == 0;
    }

    private CannotStartPostgres notStarted() {
        return new CannotStartPostgres(Command.reason(Command.tail(home.log())) + " (more in " + home.log() + ")");
    }

    @Override
    public String label() {
        return "PostgreSQL";
    }

    @Override
    public String awaitEnd() throws InterruptedException {
        while (processes.running().isPresent()) {
            Thread.sleep(LOOK.toMillis());
        }
        return "its first process is gone";
    }

    /**
     * Starts it again where it was, with the same URI, after it was stopped or died. What it had committed is there. Blocks,
     * as long as the recovery takes, two minutes at most.
     *
     * @throws CannotStartPostgres if it does not start; another try may succeed
     */
    @Override
    public void restart() {
        try {
            clear();
            if (!launch()) {
                throw notStarted();
            }
        } catch (IOException e) {
            throw new CannotStartPostgres(String.valueOf(e.getMessage()), e);
        }
    }

    /** The first process of the server, the parent of all others; empty if it does not run. */
    public Optional<ProcessHandle> process() {
        return processes.running();
    }

    /** Stops it fast and in order: what was committed is kept, clients are cut off. Blocks, up to 30 s and a little. */
    @Override
    public void stop() {
        try {
            end();
        } catch (IOException | CannotStartPostgres e) {
            LOG.warn("embedded PostgreSQL could not be stopped", e);
        }
    }

    /** Makes room for a server, whatever an earlier one left behind. */
    private void clear() throws IOException {
        end();
        processes.forget();
    }

    private void end() throws IOException {
        processes.awaitPidFile(MOMENT);
        if (!ended("fast") && !(processes.running().isPresent() && ended("immediate"))) {
            LOG.warn("killing the processes of the embedded PostgreSQL, which do not end");
            processes.kill(MOMENT);
        }
    }

    private boolean ended(String mode) throws IOException {
        if (processes.running().isPresent()) {
            home.command(
                            STOP.plusSeconds(5),
                            "pg_ctl",
                            "stop",
                            "--mode=" + mode,
                            "--wait",
                            "--timeout=" + STOP.toSeconds(),
                            "--pgdata=" + home.data())
                    .run();
        }
        return processes.awaitNone(MOMENT);
    }

    /** {@code postgresql://user:password@127.0.0.1:port/database}: a secret. The same as long as this object lives. */
    public String uri() {
        return uri(password, port);
    }

    private static String uri(String password, int port) {
        return "postgresql://" + NewPostgres.USER + ":" + password + "@127.0.0.1:" + port + "/" + NewPostgres.DATABASE;
    }

    /** The same for JDBC: a secret. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NewPostgres.DATABASE + "?user=" + NewPostgres.USER
                + "&password=" + password;
    }
}
