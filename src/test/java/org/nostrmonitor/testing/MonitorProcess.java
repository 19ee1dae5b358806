package org.nostrmonitor.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fat jar as a real process, that dies with the process of the tests. */
public final class MonitorProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "nostr-monitor.jar").toAbsolutePath();
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** It lives for a minute: the second compiler would not have paid for itself. */
    private static final String C1 = "-XX:TieredStopAtLevel=1";

    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private MonitorProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code java -jar nostr-monitor.jar} with these arguments in this directory. */
    public static MonitorProcess start(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(directory, environment, List.of("-Xmx512m", C1, "-jar", JAR.toString()), arguments);
    }

    /** The same from the classes of the build, which need no jar: with these options of the JVM. */
    public static MonitorProcess ofClasses(Path directory, List<String> options, String... arguments)
            throws IOException {
        List<String> java = new ArrayList<>(options);
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.nostrmonitor.Main"));
        return start(directory, Map.of(), java, arguments);
    }

    private static MonitorProcess start(
            Path directory, Map<String, String> environment, List<String> java, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("NOSTR_MONITOR_"));
        builder.environment().putAll(environment);
        return new MonitorProcess(builder.start());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(output lost: " + e.getMessage() + ")");
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** All that it has printed up to now, out and err together. */
    public synchronized List<String> output() {
        return List.copyOf(lines);
    }

    /** Waits until a line matches, and returns its first group. */
    public synchronized String awaitLine(String regex, Duration patience) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + patience.toNanos();
        int next = 0;
        while (true) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next));
                if (matcher.find()) {
                    return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
                }
            }
            long leftMs = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError(
                        "no line matched " + regex + " in " + patience + ":\n" + String.join("\n", lines));
            }
            wait(Math.min(leftMs, 200));
        }
    }

    /** The base URL of the pages that the start-up text names. */
    public String dashboard() throws InterruptedException {
        return awaitLine("Dashboard +(http://[^ /]+)/", Duration.ofSeconds(90));
    }

    /** Asks it to stop (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it without a word (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
    }

    public long pid() {
        return process.pid();
    }

    /** What the JDK's {@code jcmd} has it say or do. */
    public String jcmd(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid())));
        line.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return said;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, waited for. */
    public int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still alive after " + patience + ":\n" + String.join("\n", output()));
        }
        return process.exitValue();
    }

    /** Stops it, gently at first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
