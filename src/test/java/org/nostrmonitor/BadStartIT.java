package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.testing.MonitorProcess;

/** What cannot start says why in one clear line and ends with a code; no stack trace. */
@Timeout(120)
class BadStartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void namesTheFaultOfAConfiguration() throws Exception {
        Path config = write("{\"schedule\": {\"cron\": \"never\"}, \"colour\": 1}");

        List<String> said = saidOnExit(2, Map.of(), "-conf", config.toString());

        assertThat(said)
                .hasSize(2)
                .anyMatch(line -> line.contains("schedule.cron"))
                .anyMatch(line -> line.contains("colour"));
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertOneLine(saidOnExit(1, Map.of(), "-conf", quiet().toString(), "--http-port", port), port);
        }
    }

    @Test
    void namesADataDirectoryThatIsInUse() throws Exception {
        try (MonitorProcess first =
                MonitorProcess.start(directory, Map.of(), "-conf", quiet().toString(), "--http-port", "0")) {
            first.dashboard();

            assertOneLine(
                    saidOnExit(1, Map.of(), "-conf", quiet().toString(), "--http-port", "0"),
                    "in use by another monitor");
        }
    }

    @Test
    void namesAPostgresThatIsNotThere() throws Exception {
        String nowhere = "postgresql://monitor:hunter2@127.0.0.1:" + closedPort() + "/monitor";

        List<String> said = saidOnExit(1, Map.of("NOSTR_MONITOR_POSTGRES_URI", nowhere), "-conf", quiet().toString());

        assertOneLine(said, "PostgreSQL");
        assertThat(said.toString()).doesNotContain("hunter2");
    }

    @Test
    void namesARedisThatIsNotThere() throws Exception {
        String nowhere = "redis://:hunter2@127.0.0.1:" + closedPort();

        List<String> said = saidOnExit(1, Map.of("NOSTR_MONITOR_REDIS_URI", nowhere), "-conf", quiet().toString());

        assertOneLine(said, "Redis");
        assertThat(said.toString()).doesNotContain("hunter2");
    }

    private static void assertOneLine(List<String> said, String containing) {
        assertThat(said.stream().filter(line -> line.startsWith("cannot start: ")))
                .hasSize(1);
        assertThat(said).anyMatch(line -> line.startsWith("cannot start: ") && line.contains(containing));
        assertThat(said).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    private List<String> saidOnExit(int code, Map<String, String> environment, String... arguments) throws Exception {
        try (MonitorProcess process = MonitorProcess.start(directory, environment, arguments)) {
            assertThat(process.awaitExit(PATIENCE))
                    .as("exit code of\n" + process.output())
                    .isEqualTo(code);
            return process.output();
        }
    }

    /** A monitor that knows no relay, so that nothing leaves it. */
    private Path quiet() throws Exception {
        return write("{\"relays\": {\"builtin\": false}}");
    }

    private Path write(String json) throws Exception {
        return Files.writeString(directory.resolve("config.json"), json);
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
