package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * The processes that work in a data folder, whoever started them. A server that was killed leaves some behind, which must be
 * gone before the next starts; and its {@code postmaster.pid} must not be taken away under a live one, since that file is
 * what keeps two servers apart.
 */
final class PostgresProcesses {
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** The fourth line of {@code postmaster.pid}. */
    private static final int PORT_LINE = 3;

    private final Path data;
    private final Pattern launch;

    PostgresProcesses(Path data) {
        this.data = data;
        this.launch = Pattern.compile("/bin/(pg_ctl|postgres)\\b.*" + Pattern.quote(data.toString()) + "[\"\0]");
    }

    /** The first process of the server, the parent of all others, if there is one. */
    Optional<ProcessHandle> running() {
        return pid().flatMap(ProcessHandle::of).filter(this::isFirst);
    }

    /** The port of the server that works in this folder now, if there is one. */
    Optional<Integer> port() {
        try {
            List<String> lines = pidFileLines();
            return running().isPresent() && lines.size() > PORT_LINE
                    ? Optional.of(Integer.valueOf(lines.get(PORT_LINE).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Waits while a server has been launched that cannot be told to stop yet, as it has not written its pid file. */
    void awaitPidFile(Duration patience) throws IOException {
        await(() -> running().isPresent() || all().stream().noneMatch(this::isLaunching), patience);
    }

    /** Waits until there is no process left. False if there still is. */
    boolean awaitNone(Duration patience) throws IOException {
        return await(() -> all().isEmpty(), patience);
    }

    /** Ends what is left without asking. PostgreSQL recovers from that as from a power cut. */
    void kill(Duration patience) throws IOException {
        all().forEach(ProcessHandle::destroyForcibly);
        if (!awaitNone(patience)) {
            throw new CannotStartPostgres("another PostgreSQL works in " + data + " and does not stop");
        }
    }

    /**
     * To be called when nobody is left: then the file is stale even if its number belongs to some process by now. After a
     * reboot, or in a new container, it often does, and PostgreSQL would not start.
     */
    void forget() throws IOException {
        Files.deleteIfExists(pidFile());
    }

    private List<ProcessHandle> all() {
        return ProcessHandle.allProcesses()
                .filter(process -> sitsHere(process) || isLaunching(process))
                .toList();
    }

    /** Every process of a server, whatever its title says, has the data folder as its working directory. */
    private boolean sitsHere(ProcessHandle process) {
        try {
            return Files.readString(of(process, "comm")).startsWith("postgres")
                    && Files.readSymbolicLink(of(process, "cwd")).equals(data);
        } catch (IOException | RuntimeException gone) {
            return false;
        }
    }

    /** From the call of {@code pg_ctl} until the server has changed into its folder. */
    private boolean isLaunching(ProcessHandle process) {
        return !sitsHere(process) && launch.matcher(commandLine(process)).find();
    }

    private boolean isFirst(ProcessHandle process) {
        String line = commandLine(process);
        return line.contains("postgres") && line.contains("\0" + data + "\0");
    }

    /** Empty for a process that has ended, even if nobody has taken note of its end yet. */
    private static String commandLine(ProcessHandle process) {
        try {
            return new String(Files.readAllBytes(of(process, "cmdline")), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    private static Path of(ProcessHandle process, String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    private Optional<Long> pid() {
        try {
            List<String> lines = pidFileLines();
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(lines.get(0).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<String> pidFileLines() throws IOException {
        return Files.readAllLines(pidFile(), StandardCharsets.UTF_8);
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private static boolean await(BooleanSupplier condition, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a PostgreSQL starts or stops", e);
        }
    }
}
