package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that a killed run left behind in a data folder. It must be gone before the next starts; and its
 * {@code postmaster.pid} must not be taken away under a live one, since that file is what keeps two servers apart.
 */
final class LeftoverPostgres {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverPostgres.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path data;

    LeftoverPostgres(Path data) {
        this.data = data;
    }

    /** The process of the server that works in this folder now, if there is one. */
    Optional<ProcessHandle> running() {
        return pid().flatMap(ProcessHandle::of).filter(this::worksHere);
    }

    /** @param stop how a live one is asked to stop */
    void clear(Runnable stop) throws IOException {
        if (running().isPresent()) {
            LOG.info("stopping the PostgreSQL that an earlier run left behind");
            stop.run();
        }
        awaitNobody();
        // Nobody is left, so the file is stale even if its number belongs to some process by now: after a reboot, or in
        // a
        // container that started anew, it often does, and PostgreSQL would not start.
        Files.deleteIfExists(pidFile());
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private Optional<Long> pid() {
        try {
            List<String> lines = Files.readAllLines(pidFile(), StandardCharsets.UTF_8);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(lines.get(0).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            String line = Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
            return line.contains("postgres") && line.contains("\0" + data + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /** The children of a server that was killed outright need a moment to notice. */
    private void awaitNobody() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ProcessHandle.allProcesses().anyMatch(this::sitsHere)) {
            if (System.nanoTime() > deadline) {
                throw new CannotStartPostgres("another PostgreSQL works in " + data + " and does not stop");
            }
            pause();
        }
    }

    /** Every process of a server, whatever its title says, has the data folder as its working directory. */
    private boolean sitsHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", "" + process.pid(), "cwd"))
                    .equals(data);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an earlier PostgreSQL stops", e);
        }
    }
}
