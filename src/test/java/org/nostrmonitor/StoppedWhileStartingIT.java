package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.testing.MonitorProcess;

/** Whoever is told to stop before it is up (SIGTERM) goes in order, soon, and without a word of complaint. */
@Timeout(120)
class StoppedWhileStartingIT {
    /** Shorter than what an orderly stop may take, after which the process would give up. */
    private static final Duration SOON = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    /** @param moment the line that it has just written */
    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL is up", "migration\\(s\\) done", "serving http"})
    void goesInOrder(String moment) throws Exception {
        Path config = directory.resolve("config.json");
        Files.writeString(config, """
                {"relays": {"builtin": false}, "discovery": {"relays": []}}""");
        try (MonitorProcess monitor =
                MonitorProcess.start(directory, Map.of(), "-conf", config.toString(), "--http-port", "0")) {
            monitor.awaitLine(moment, Duration.ofSeconds(90));
            monitor.terminate();

            assertThat(monitor.awaitExit(SOON)).isEqualTo(143);
            assertThat(monitor.output())
                    .noneMatch(
                            line -> line.matches(".*(gave up|blocked|cannot start|Exception|in order|WARN|ERROR).*"));
        }
    }
}
