package org.nostrmonitor.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.storage.Migrations;

/**
 * A PostgreSQL and a Redis that can be stopped, killed and started again where they were. PostgreSQL is made by
 * {@link EmbeddedPostgres} and then run as a child of ours, which keeps its port and dies with us.
 */
final class Servers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOBODY = 65534;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final EmbeddedRedis redis;
    private final EmbeddedPostgres made;
    private final List<String> command;
    private final Path log;
    private Process postgres;

    private Servers(Path folder) throws IOException {
        made = EmbeddedPostgres.start(folder, Path.of("target"));
        Migrations.run(made.uri());
        Path data = folder.resolve("postgres").resolve("data");
        command = commandOf(data);
        log = folder.resolve("postgres.log");
        made.stop();
        postgres = launch();
        redis = EmbeddedRedis.start(folder);
    }

    /** Both, empty, with what they keep in this folder. Blocks. */
    static Servers start(Path folder) throws IOException {
        return new Servers(folder);
    }

    /** The command line that it was started with last, for a user that it likes, ending with us. */
    private static List<String> commandOf(Path data) throws IOException {
        int owner = (int) Files.getAttribute(data, "unix:uid");
        List<String> words = new ArrayList<>();
        if (owner == 0) {
            words.addAll(List.of("unshare", "-U", "setpriv"));
        } else if (owner == NOBODY) {
            words.addAll(List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups"));
        } else {
            words.add("setpriv");
        }
        words.addAll(List.of("--pdeathsig", "INT"));
        Matcher word = QUOTED.matcher(Files.readString(data.resolve("postmaster.opts")));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        Process launched = builder.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!launched.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException("PostgreSQL did not start: see " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return launched;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(made.jdbcUrl())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    String postgresUri() {
        return made.uri();
    }

    String jdbcUrl() {
        return made.jdbcUrl();
    }

    String redisUri() {
        return redis.uri();
    }

    /** In order, clients being cut off (SIGINT), or at once, so that it has to recover when it starts (SIGQUIT). */
    void stopPostgres(boolean inOrder) throws IOException, InterruptedException {
        Signal.send(inOrder ? "INT" : "QUIT", postgres.pid());
        if (!postgres.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("PostgreSQL does not stop");
        }
    }

    void startPostgres() throws IOException {
        postgres = launch();
    }

    /** In order, with all that it holds written down. */
    void stopRedis() throws IOException {
        redis.stop();
    }

    /** SIGKILL: up to the last second of what it was told is forgotten. */
    void killRedis() {
        Signal.send("KILL", redis.pid());
    }

    void startRedis() throws IOException {
        redis.restart();
    }

    @Override
    public void close() throws IOException {
        redis.stop();
        try {
            stopPostgres(true);
        } catch (InterruptedException e) {
            postgres.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
