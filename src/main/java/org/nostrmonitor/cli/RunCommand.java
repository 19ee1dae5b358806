package org.nostrmonitor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.MonitorConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the monitor: reads the configuration first, then hands over to the Vert.x launcher. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the monitor, with everything or with the roles named. This is the default.")
public final class RunCommand implements Callable<Integer> {
    private final Launch launch;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--roles", paramLabel = "ROLES", description = "what this node does, with commas between")
    private @Nullable String roles;

    @Option(names = "--region", paramLabel = "NAME", description = "where this node's worker measures from")
    private @Nullable String region;

    @Option(names = "--http-port", paramLabel = "PORT", description = "where the pages are served")
    private @Nullable String httpPort;

    @Option(names = "--data-directory", paramLabel = "DIRECTORY", description = "where the data and the key live")
    private @Nullable String dataDirectory;

    @Option(
            names = {"-cluster", "--cluster"},
            description = "join the nodes that cluster.members names")
    private boolean clustered;

    @Option(
            names = {"-cluster-host", "--cluster-host"},
            paramLabel = "HOST",
            description = "where the event bus listens; cluster.host without it")
    private @Nullable String clusterHost;

    @Option(
            names = {"-cluster-port", "--cluster-port"},
            paramLabel = "PORT",
            description = "the port of the event bus; any free one without it")
    private @Nullable String clusterPort;

    @Option(
            names = {"-cluster-public-host", "--cluster-public-host"},
            paramLabel = "HOST",
            description = "the host of the event bus as others see it")
    private @Nullable String clusterPublicHost;

    @Option(
            names = {"-cluster-public-port", "--cluster-public-port"},
            paramLabel = "PORT",
            description = "the port of the event bus as others see it")
    private @Nullable String clusterPublicPort;

    @Option(
            names = {"-options", "--options"},
            paramLabel = "JSON",
            description = "Vert.x options, a JSON file or text")
    private @Nullable String vertxOptions;

    public RunCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() {
        Flags flags = new Flags(roles, region, httpPort, dataDirectory);
        Optional<MonitorConfig> loaded = config.load(flags, Output.err(spec));
        return loaded.map(ready -> launch.launch(ready, launcherArguments())).orElse(ExitCode.USAGE);
    }

    private List<String> launcherArguments() {
        List<String> arguments = new ArrayList<>();
        if (clustered) {
            arguments.add("-cluster");
        }
        add(arguments, "-cluster-host", clusterHost);
        add(arguments, "-cluster-port", clusterPort);
        add(arguments, "-cluster-public-host", clusterPublicHost);
        add(arguments, "-cluster-public-port", clusterPublicPort);
        add(arguments, "-options", vertxOptions);
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable String value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value);
        }
    }
}
