package org.nostrmonitor.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of this monitor's own: a child process with its data in {@code <dataDirectory>/redis}, on a free port of
 * 127.0.0.1, behind a password made at each start. Every method blocks: call it with {@code executeBlocking}.
 *
 * <p>The library only brings the program. Its own way of running it reads the log for ever, waits without an end, and
 * ends Redis in a shutdown hook while our workers still need it.
 */
public final class EmbeddedRedis {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final int PORTS_TRIED = 3;
    private static final int SECONDS_TO_END = 10;
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
    private Process process;

    private EmbeddedRedis(RedisDirectory directory, int port, String password, Process process) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.process = process;
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
            return start(directory);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static EmbeddedRedis start(RedisDirectory directory) throws IOException, InterruptedException {
        String password = newPassword();
        for (int tried = 1; ; tried++) {
            int port = freePort();
            directory.writeSettings(port, password);
            try {
                return new EmbeddedRedis(directory, port, password, launch(directory, port, password));
            } catch (IOException e) {
                boolean portWasTaken = String.valueOf(e.getMessage()).contains("Address already in use");
                if (!portWasTaken || tried == PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private static Process launch(RedisDirectory directory, int port, String password)
            throws IOException, InterruptedException {
        directory.turnLog();
        Process process = new ProcessBuilder(inASessionOfItsOwn(command(directory)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + NANOS_TO_START;
        while (!RedisPing.answers(port, password)) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                throw new IOException("Redis did not start: " + endOfLog(directory));
            }
            if (System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IOException("Redis was not ready in time: " + endOfLog(directory));
            }
        }
        LOG.debug("Redis runs as process {} on port {}", process.pid(), port);
        return process;
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

    /** Of the Redis process. */
    public long pid() {
        return process.pid();
    }

    /** Starts it again where it was, with the same URI, after it was stopped or died. */
    public void restart() throws IOException {
        stop();
        try {
            process = launch(directory, port, password);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends it, with everything written to disk, and returns when it has ended. Does nothing if it has. */
    public void stop() throws IOException {
        try {
            process.destroy();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOG.warn("Redis did not end within {} s and was killed", SECONDS_TO_END);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(RedisPing.loopback(), 0));
            return socket.getLocalPort();
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
