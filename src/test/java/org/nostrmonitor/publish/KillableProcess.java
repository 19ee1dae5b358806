package org.nostrmonitor.publish;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A main class of ours as a process that is killed and started again. It dies with the thread that started it, and says one line
 * when it is ready.
 */
final class KillableProcess implements AutoCloseable {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final List<String> JVM =
            List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

    private final Class<?> main;
    private final Path errors;
    private @Nullable Process process;
    private int kills;

    /** @param errors where its stderr goes */
    KillableProcess(Class<?> main, Path errors) {
        this.main = main;
        this.errors = errors;
    }

    /** Returns what it says when it is ready. */
    String start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        process = started;
        BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
        String ready = said.readLine();
        if (ready == null) {
            throw new IOException("it does not start: " + Files.readString(errors));
        }
        return ready;
    }

    /** SIGKILL. Returns when it has ended. */
    void kill() throws InterruptedException {
        kills++;
        Process victim = Objects.requireNonNull(process);
        victim.destroyForcibly();
        if (!victim.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("it cannot be killed");
        }
    }

    int kills() {
        return kills;
    }

    /** SIGKILL, without waiting. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
