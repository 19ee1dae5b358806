package org.nostrmonitor.chaos;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A Java process of ours: told what to do by lines, heard line by line, gone with its parent. */
final class Child implements AutoCloseable {
    /** What a process has to say for itself, kept until the next run. */
    static final Path LOGS = Path.of("target", "chaos").toAbsolutePath();

    private static final long PATIENCE_MS = 10_000;
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** A small JVM that starts quickly: it does not live long. */
    private static final List<String> JVM =
            List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

    private final ChildSettings settings;
    private final Process process;
    private final BufferedWriter orders;
    private final Thread reader;
    private final Path temporary;

    private Child(ChildSettings settings, Process process, Path temporary, BiConsumer<Child, String> heard) {
        this.settings = settings;
        this.temporary = temporary;
        this.process = process;
        this.reader = new Thread(() -> read(heard), "output of " + settings.name());
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a main class. To be called on a thread that lives as long as the child is to: the kernel kills it when the
     * thread that started it ends.
     *
     * @param folder for its temporary files; its stderr goes to {@link #LOGS}
     * @param heard each line of its stdout, on a thread of its own
     */
    static Child start(
            Class<?> main, ChildSettings settings, Path folder, BiConsumer<Child, String> heard, String... arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        Path temporary = folder.resolve(settings.name());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        LOGS.resolve(settings.name() + ".log").toFile()));
        builder.environment().putAll(settings.environment());
        try {
            Files.createDirectories(LOGS);
            Files.createDirectories(temporary);
            Child child = new Child(settings, builder.start(), temporary, heard);
            child.reader.setDaemon(true);
            child.reader.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BiConsumer<Child, String> heard) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heard.accept(this, line);
            }
        } catch (IOException e) {
            // Its pipe is closed under the reader when it is killed: what it said before has been read.
        }
    }

    String name() {
        return settings.name();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Nothing happens if it has gone meanwhile. */
    void tell(String order) {
        try {
            orders.write(order);
            orders.newLine();
            orders.flush();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** SIGKILL. Returns when it has ended and all that it said has been heard. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Returns when it has ended and all that it said has been heard. */
    void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name() + " cannot be killed");
            }
            reader.join(PATIENCE_MS);
            Folders.delete(temporary);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void suspend() {
        Signal.send("STOP", process.pid());
    }

    void resume() {
        Signal.send("CONT", process.pid());
    }

    /** SIGKILL, without waiting. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
