package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.cli.CheckCommand;
import org.nostrmonitor.cli.Commands;
import org.nostrmonitor.cli.ExitCode;
import org.nostrmonitor.cli.ImportCommand;
import org.nostrmonitor.cli.KeygenCommand;
import org.nostrmonitor.cli.MonitorHooks;
import org.nostrmonitor.cli.RelayImport;
import org.nostrmonitor.cli.RunCommand;
import org.nostrmonitor.cli.ValidateConfigCommand;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;

/** Where the process begins: the commands, and the Vert.x launcher for {@code run}. */
public final class Main extends VertxApplication {
    private Main(List<String> arguments, VertxApplicationHooks hooks) {
        super(arguments.toArray(String[]::new), hooks, false, false);
    }

    public static void main(String[] arguments) {
        // Vert.x asks for its logger when this class is loaded and finds SLF4J by itself; this is for what asks later.
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("hazelcast.logging.type", "slf4j");
        int code = Commands.of(commands()).execute(Commands.withCommand(arguments));
        if (code != ExitCode.RUNNING) {
            System.exit(code);
        }
    }

    private static List<Object> commands() {
        List<Object> commands = new ArrayList<>();
        commands.add(new RunCommand(Main::launch));
        commands.add(new CheckCommand());
        commands.add(new ImportCommand(Main::noDatabaseYet, System.in));
        commands.add(new ValidateConfigCommand());
        commands.add(new KeygenCommand());
        return commands;
    }

    /** A placeholder until the node's parts can be opened without the node. */
    private static RelayImport.Store noDatabaseYet(MonitorConfig config) {
        throw new StartFailure("import is not there yet");
    }

    private static int launch(MonitorConfig config, List<String> arguments) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MonitorHooks hooks = new MonitorHooks(
                config, registry, arguments.contains("-cluster"), () -> new Monitor(config, registry), System.err);
        int code = new Main(arguments, hooks).launch();
        return code == 0 ? ExitCode.RUNNING : ExitCode.FAILED;
    }
}
