package org.nostrmonitor.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at a JVM from outside: {@code /proc} of Linux, and a class histogram, which collects all garbage first. */
final class ProcessFigures {
    private static final double MB = 1024.0 * 1024;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern TIMERS =
            Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +io\\.vertx\\.core\\.impl\\.VertxImpl\\$InternalTimerHandler");

    private final long pid;
    private final long startNanos = System.nanoTime();

    ProcessFigures(long pid) {
        this.pid = pid;
    }

    Sample sample(int wrong) throws IOException, InterruptedException {
        String histogram = histogram();
        List<String> descriptors = descriptors();
        return new Sample(
                (System.nanoTime() - startNanos) / 1e9,
                number(TOTAL, histogram) / MB,
                status("VmRSS") / 1024,
                descriptors.size(),
                descriptors.stream()
                        .filter(target -> target.startsWith("socket:"))
                        .count(),
                status("Threads"),
                number(TIMERS, histogram),
                wrong);
    }

    private String histogram() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + printed);
        }
        return printed;
    }

    /** 0 if the class has no instance. */
    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    /** A line of {@code /proc/PID/status}, in its unit. */
    private double status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private List<String> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return all.map(ProcessFigures::target)
                    .filter(target -> !target.isEmpty())
                    .toList();
        }
    }

    /** Empty if it has been closed meanwhile. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
