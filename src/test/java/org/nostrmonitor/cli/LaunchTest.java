package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nostrmonitor.Main;

/** Real processes: how a node starts, fails to start, and stops. */
@Timeout(120)
class LaunchTest {
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void stopsInOrderWhenTerminated() throws Exception {
        Process node = launch(LaunchedNode.class, "well");
        BufferedReader out = node.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("up [vertx.pool.completed]");

        node.toHandle().destroy();

        assertThat(out.readLine()).isEqualTo("stopped");
        assertThat(exit(node)).isEqualTo(143);
        assertThat(errors(node)).isEmpty();
    }

    @Test
    void exitsWithinTenSecondsOfTheSignalEvenIfTheNodeNeverStops() throws Exception {
        Process node = launch(LaunchedNode.class, "neverStops");
        assertThat(node.inputReader().readLine()).startsWith("up");
        long signal = System.nanoTime();

        node.toHandle().destroy();

        assertThat(exit(node)).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - signal)).isLessThan(Duration.ofSeconds(10));
        assertThat(errors(node)).containsExactly("stopping took longer than 8500 ms: gave up");
    }

    @Test
    void aFailureToStartIsOneLine() throws Exception {
        Process node = launch(LaunchedNode.class, "portTaken");

        assertThat(errors(node)).containsExactly("cannot start: cannot listen on 127.0.0.1:8080");
        assertThat(exit(node)).isEqualTo(1);
    }

    @Test
    void anErrorOfOursIsALineWithItsTraceInTheLog() throws Exception {
        Process node = launch(LaunchedNode.class, "broken");

        assertThat(errors(node))
                .contains("cannot start: an error of ours: IllegalStateException: a bug")
                .anyMatch(line -> line.contains("ERROR OneLine not expected"));
        assertThat(exit(node)).isEqualTo(1);
    }

    @Test
    void aBadConfigurationIsALineForEachFaultAndNoStart() throws Exception {
        Process node = launch(Main.class, "-conf", "src/test/resources/config/bad/region.json");

        assertThat(errors(node)).containsExactly("region: \"Europe West\" is not 1 to 32 of a-z, 0-9 and -");
        assertThat(exit(node)).isEqualTo(2);
    }

    private Process launch(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("NOSTR_MONITOR_") || name.startsWith("JAVA_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static List<String> errors(Process process) {
        return process.errorReader(StandardCharsets.UTF_8).lines().toList();
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
