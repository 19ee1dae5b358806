package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.cli.BenchCommand;
import org.nostrmonitor.cli.CheckCommand;
import org.nostrmonitor.cli.Commands;
import org.nostrmonitor.cli.ExitCode;
import org.nostrmonitor.cli.ImportCommand;
import org.nostrmonitor.cli.KeygenCommand;
import org.nostrmonitor.cli.MonitorHooks;
import org.nostrmonitor.cli.RetractCommand;
import org.nostrmonitor.cli.RunCommand;
import org.nostrmonitor.cli.SimulateCommand;
import org.nostrmonitor.cli.ValidateConfigCommand;
import org.nostrmonitor.config.ConfigLoader;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.InvalidConfig;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.logging.LastWords;

/** Where the process begins: the commands, and the Vert.x launcher for {@code run}. */
public final class Main extends VertxApplication {
    private Main(List<String> arguments, VertxApplicationHooks hooks) {
        super(arguments.toArray(String[]::new), hooks, false, false);
    }

    public static void main(String[] arguments) {
        // Vert.x asks for its logger when this class is loaded and finds SLF4J by itself; this is for what asks later.
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("hazelcast.logging.type", "slf4j");
        Thread.setDefaultUncaughtExceptionHandler(new LastWords());
        int code = Commands.of(commands()).execute(Commands.withCommand(arguments));
        if (code != ExitCode.RUNNING) {
            System.exit(code);
        }
    }

    private static List<Object> commands() {
        List<Object> commands = new ArrayList<>();
        commands.add(new RunCommand(Main::launch));
        commands.add(new CheckCommand());
        commands.add(new ImportCommand(new CommandDatabase(), System.in));
        commands.add(new RetractCommand(new CommandDatabase()));
        commands.add(new SimulateCommand(Main::monitorOf));
        commands.add(new BenchCommand());
        commands.add(new ValidateConfigCommand());
        commands.add(new KeygenCommand());
        return commands;
    }

    /** The monitor of a simulated network, in the same process. */
    private static int monitorOf(Path file) {
        try {
            return launch(new ConfigLoader(System.getenv()).load(file, Flags.NONE), List.of());
        } catch (InvalidConfig e) {
            e.faults().forEach(System.err::println);
            return ExitCode.USAGE;
        }
    }

    private static int launch(MonitorConfig config, List<String> arguments) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Monitor monitor = new Monitor(config, registry);
        MonitorHooks hooks = new MonitorHooks(
                config, registry, arguments.contains("-cluster"), () -> monitor, monitor::shutDown, System.err);
        int code = new Main(arguments, hooks).launch();
        return code == 0 ? ExitCode.RUNNING : ExitCode.FAILED;
    }
}
