package org.nostrmonitor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** All commands under one name. Without one, or with options only, it is {@code run}. */
@Command(
        name = "java -jar nostr-monitor.jar",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        synopsisSubcommandLabel = "[run] | COMMAND",
        description = "A NIP-66 monitor for Nostr relays.")
public final class Commands {
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private Commands() {}

    /** @param commands objects with {@link Command}, in the order in which the help names them */
    public static CommandLine of(List<Object> commands) {
        CommandLine line = new CommandLine(new Commands());
        commands.forEach(line::addSubcommand);
        // -cluster is one option, not -c -l -u …
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setExecutionExceptionHandler(new OneLine());
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    /** The arguments with {@code run} where no command was named. */
    public static String[] withCommand(String... arguments) {
        if (arguments.length > 0 && (!arguments[0].startsWith("-") || OWN_OPTIONS.contains(arguments[0]))) {
            return arguments.clone();
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(0, "run");
        return all.toArray(String[]::new);
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"Nostr Monitor " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
