package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of ours that outlived the monitor which started it. Blocking. */
final class LeftBehind {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);
    private static final int SECONDS_TO_END = 10;

    private LeftBehind() {}

    /**
     * Ends the process that the pid file names, but only if its command line begins with {@code command}: a pid is soon
     * somebody else's.
     */
    static void end(Path pidFile, List<String> command) throws IOException, InterruptedException {
        Optional<ProcessHandle> process = named(pidFile).filter(found -> runs(found, command));
        if (process.isPresent()) {
            LOG.info("ending the {} that an earlier run left behind", command.get(0));
            end(process.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> named(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String pid = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
        return pid.matches("[0-9]{1,10}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    private static boolean runs(ProcessHandle process, List<String> command) {
        List<String> line = commandLine(process);
        return line.size() >= command.size() && line.subList(0, command.size()).equals(command);
    }

    private static List<String> commandLine(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
            return List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException goneOrNoProc) {
            List<String> line = new ArrayList<>();
            process.info().command().ifPresent(line::add);
            process.info().arguments().ifPresent(arguments -> line.addAll(List.of(arguments)));
            return line;
        }
    }

    private static void end(ProcessHandle process) throws IOException, InterruptedException {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            if (!ended(process)) {
                throw new IOException("process " + process.pid() + " of an earlier run does not end");
            }
        }
    }

    private static boolean ended(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        }
    }
}
