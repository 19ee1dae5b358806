package org.nostrmonitor.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.ConfigLoader;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.InvalidConfig;
import org.nostrmonitor.config.MonitorConfig;
import picocli.CommandLine.Option;

/** The option {@code -conf FILE} of several commands. */
final class ConfigOption {
    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE",
            description = "the configuration, a JSON file; without it everything has its default")
    private @Nullable Path file;

    /** The configuration; or empty, with a line for each fault printed. */
    Optional<MonitorConfig> load(Flags flags, PrintWriter err) {
        return load(file, flags, err);
    }

    static Optional<MonitorConfig> load(@Nullable Path file, Flags flags, PrintWriter err) {
        try {
            return Optional.of(new ConfigLoader(System.getenv()).load(file, flags));
        } catch (InvalidConfig e) {
            e.faults().forEach(err::println);
            return Optional.empty();
        }
    }
}
