package org.nostrmonitor.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How far the times that probes measure are from the truth, on loopback, at rising load. */
@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        description =
                "Probe simulated relays of known latencies at rising load, and say how wrong the measured times are.")
public final class BenchAccuracyCommand implements Callable<Integer> {
    /** Each has a connection in flight, which has two ends here. */
    private static final int MOST_RELAYS = 5_000;

    private static final int MOST_RATE = 100_000;
    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 600;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--relays", defaultValue = "2000", description = "how many (default: ${DEFAULT-VALUE})")
    private int relays;

    @Option(names = "--seconds", defaultValue = "10", description = "for each line (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--most",
            paramLabel = "RATE",
            description = "probes/s to take for 100 %%, instead of looking for it")
    private double most;

    @Option(names = "--plain", description = "ws:// only; else wss:// too")
    private boolean plain;

    @Option(names = "--json", description = "print the JSON lines only")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        require(relays >= 1 && relays <= MOST_RELAYS, "--relays: a number from 1 to " + MOST_RELAYS);
        require(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS, "--seconds: a number from 0.1 to 600");
        require(most >= 0 && most <= MOST_RATE, "--most: a number up to " + MOST_RATE);
        BenchAccuracyRun run = new BenchAccuracyRun(relays, Duration.ofMillis(Math.round(seconds * 1_000)), most);
        for (boolean secure : plain ? List.of(false) : List.of(false, true)) {
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            print(run.measure(secure), load);
        }
        return ExitCode.OK;
    }

    private void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), otherwise);
        }
    }

    private void print(BenchAccuracyResult result, double load) {
        int cores = Runtime.getRuntime().availableProcessors();
        BenchAccuracyText text = new BenchAccuracyText(result, relays, seconds, load, cores);
        if (!json) {
            text.table().forEach(Output.out(spec)::println);
        }
        Output.out(spec).println(text.json());
    }
}
