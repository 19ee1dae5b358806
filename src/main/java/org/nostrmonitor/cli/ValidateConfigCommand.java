package org.nostrmonitor.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Flags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with a configuration, a line for each fault. */
@Command(
        name = "validate-config",
        mixinStandardHelpOptions = true,
        description = "Check a configuration: exit 0, or 2 with a line for each fault.",
        footer = "The environment variables NOSTR_MONITOR_* are checked with it, as they are when it runs.")
public final class ValidateConfigCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the configuration, a JSON file")
    private @Nullable Path file;

    @Override
    public Integer call() {
        boolean valid = ConfigOption.load(file, Flags.NONE, Output.err(spec)).isPresent();
        return valid ? ExitCode.OK : ExitCode.USAGE;
    }
}
