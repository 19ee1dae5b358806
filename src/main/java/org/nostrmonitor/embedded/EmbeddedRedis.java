package org.nostrmonitor.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of this monitor's own: a child process with its data in {@code <dataDirectory>/redis}, on a free port of
 * 127.0.0.1, behind a password made at each start. Every method blocks: call it with {@code executeBlocking}.
 *
 * <p>The library only brings the program. Its own way of running it reads the log for ever, waits without an end, and
 * ends Redis in a shutdown hook while our workers still need it.
 */
public final class EmbeddedRedis implements EmbeddedServer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final int PORTS_TRIED = 3;
    /** A monitor that is told to end has ten seconds for everything. */
    private static final int SECONDS_TO_END = 5;
    /** Reading an append-only file takes about a second for each 100 MB. */
    private static final long NANOS_TO_START = TimeUnit.SECONDS.toNanos(60);

    /**
     * Runs a program that ends with us: when this process is gone, even killed, the pipe that is the shell's input closes
     * and the line under it sends SIGTERM. The shell becomes the program itself, so that the process id is Redis's.
     */
    private static final String ENDING_WITH_US =
            "exec 3<&0; { read -r _; kill -TERM $$ 2>/dev/null; } <&3 3<&- & exec \"$@\" </dev/null 3<&-";

    private final RedisDirectory directory;
    private final int port;
    private final String password;
    private volatile @Nullable Process process;

    private EmbeddedRedis(RedisDirectory directory, int port, String password) {
        this.directory = directory;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts it, with the data of earlier runs, and returns when it answers. A Redis that an earlier run left behind on
     * this directory is ended first; whoever calls this holds the {@link DataDirectoryLock}.
     *
     * @throws IOException if it does not start within a minute, with the end of its log
     */
    public static EmbeddedRedis start(Path dataDirectory) throws IOException {
        RedisDirectory directory = RedisDirectory.in(dataDirectory);
        try {
            LeftBehind.end(directory.pidFile(), command(directory));
            directory.unpackProgram();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return start(directory);
    }

    private static EmbeddedRedis start(RedisDirectory directory) throws IOException {
        String password = newPassword();
        for (int tried = 1; ; tried++) {
            EmbeddedRedis redis = new EmbeddedRedis(directory, FreePort.find(), password);
            directory.writeSettings(redis.port, password);
            try {
                redis.launch();
                return redis;
            } catch (IOException e) {
                redis.stop();
                boolean portWasTaken = String.valueOf(e.getMessage()).contains("Address already in use");
                if (!portWasTaken || tried == PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private void launch() throws IOException {
        directory.turnLog();
        Process started = new ProcessBuilder(inASessionOfItsOwn(command(directory)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        try {
            awaitAnswer(started);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        LOG.debug("Redis runs as process {} on port {}", started.pid(), port);
    }

    private void awaitAnswer(Process started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + NANOS_TO_START;
        while (!RedisPing.answers(port, password)) {
            if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
                throw new IOException("Redis did not start: " + endOfLog(directory));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("Redis was not ready in time: " + endOfLog(directory));
            }
        }
    }

    private static List<String> command(RedisDirectory directory) {
        return List.of(directory.program().toString(), directory.settings().toString());
    }

    /** Without a session of its own, a Ctrl-C in the terminal would end Redis before the monitor has said good-bye. */
    private static List<String> inASessionOfItsOwn(List<String> command) {
        List<String> shell = new ArrayList<>();
        if (new File("/usr/bin/setsid").canExecute()) {
            shell.add("/usr/bin/setsid");
        }
        shell.addAll(List.of("/bin/sh", "-c", ENDING_WITH_US, "redis"));
        shell.addAll(command);
        return shell;
    }

    private static String endOfLog(RedisDirectory directory) throws IOException {
        if (!Files.exists(directory.log())) {
            return "it wrote no log; can programs be run from " + directory.path() + "?";
        }
        List<String> lines = Files.readAllLines(directory.log());
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    /** {@code redis://:password@127.0.0.1:port}; a secret: never printed. The same as long as this object lives. */
    public String uri() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** Of the Redis process, or of the last one if none runs. */
    public long pid() {
        Process last = process;
        if (last == null) {
            throw new IllegalStateException("Redis was never started");
        }
        return last.pid();
    }

    @Override
    public String label() {
        return "Redis";
    }

    @Override
    public String awaitEnd() throws InterruptedException {
        Process last = process;
        return last == null ? "it was never started" : "its exit code was " + last.waitFor();
    }

    /** Starts it again where it was, with the same URI and data, after it was stopped or died. */
    @Override
    public void restart() throws IOException {
        stop();
        launch();
    }

    /** Ends it, with everything written to disk, and returns when it has ended. Does nothing if it has. */
    @Override
    public void stop() throws IOException {
        Process last = process;
        if (last == null) {
            return;
        }
        try {
            last.destroy();
            if (!last.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("Redis did not end within {} s: killing it", SECONDS_TO_END);
                last.destroyForcibly();
                if (!last.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    throw new IOException("Redis, process " + last.pid() + ", does not end");
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException("interrupted while waiting for Redis");
        io.initCause(e);
        return io;
    }
}
