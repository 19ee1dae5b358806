package org.nostrmonitor.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks, by name. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchQueueCommand.class,
            BenchAccuracyCommand.class,
            BenchPublishCommand.class,
            BenchStoreCommand.class,
            BenchPagesCommand.class
        },
        description = "Measure a part of the monitor; prints a table and the same as a line of JSON.")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "which benchmark? There are: queue, accuracy, publish, store, pages");
    }
}
