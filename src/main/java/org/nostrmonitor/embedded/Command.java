package org.nostrmonitor.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short-lived child process of which the exit code counts. Its output goes to a file, so nothing has to be pumped. */
record Command(List<String> line, Path output, Duration timeout) {
    private static final int TAIL_BYTES = 8192;

    /** Blocks until it ends. Completes with its exit code, or -1 if it had to be killed because it took too long. */
    int run() throws IOException {
        return run(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    int run(ProcessBuilder.Redirect input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The operator's own PGDATA, PGPORT and the like are for another server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return -1;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + line.get(line.size() - 1), e);
        }
    }

    /** The end of a file as text, at most 8 KiB; empty if it cannot be read. */
    static String tail(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** What of a log says most about why something failed: the last fatal line and its detail, else the last of all. */
    static String reason(String log) {
        String last = "";
        String fatal = "";
        String detail = "";
        for (String line : log.split("\n", -1)) {
            if (!line.isBlank()) {
                last = line.strip();
            }
            if (line.contains("FATAL:") || line.contains("PANIC:")) {
                fatal = afterLevel(line);
                detail = "";
            } else if (line.contains("DETAIL:")) {
                detail = ": " + afterLevel(line);
            }
        }
        return fatal.isEmpty() ? last : fatal + detail;
    }

    /** Without the time, process and level that a server's log puts in front. */
    private static String afterLevel(String line) {
        return line.replaceFirst("^.*?(FATAL|PANIC|DETAIL):\\s*", "").strip();
    }
}
