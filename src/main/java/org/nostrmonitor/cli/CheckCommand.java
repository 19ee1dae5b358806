package org.nostrmonitor.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.wire.ReportJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Probes relays now and prints what was found. Stores and publishes nothing. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Probe relays now: exit 0 if all are online, 1 if not, 2 if an URL is none.")
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(arity = "1..*", paramLabel = "URL", description = "relays, wss://… or ws://…")
    private List<String> urls = List.of();

    @Option(names = "--json", description = "print a JSON object a line")
    private boolean json;

    @Option(names = "--timeout", paramLabel = "MS", description = "how long each check may take, 100 to 60000")
    private @Nullable Integer timeoutMs;

    @Option(names = "--no-write", description = "do not send an event")
    private boolean noWrite;

    @Option(
            names = "--allow",
            paramLabel = "CIDR",
            description = "special-purpose addresses that may be dialled, such as 127.0.0.0/8")
    private List<String> allow = List.of();

    @Override
    public Integer call() {
        if (timeoutMs != null && (timeoutMs < 100 || timeoutMs > 60_000)) {
            Output.err(spec).println("--timeout: must be 100 to 60000");
            return ExitCode.USAGE;
        }
        Optional<List<RelayUrl>> relays = relays();
        Optional<MonitorConfig> loaded = config.load(Flags.NONE, Output.err(spec));
        if (relays.isEmpty() || loaded.isEmpty()) {
            return ExitCode.USAGE;
        }
        Duration timeout = timeoutMs == null ? null : Duration.ofMillis(timeoutMs);
        try (SingleProbes probes = SingleProbes.open(loaded.get(), allow, timeout, !noWrite)) {
            return print(probes.of(relays.get()));
        }
    }

    /** All of them, or none with a line for each that is no relay URL. */
    private Optional<List<RelayUrl>> relays() {
        List<RelayUrl> relays = new ArrayList<>();
        for (String url : urls) {
            try {
                relays.add(RelayUrl.parse(url));
            } catch (InvalidRelayUrl e) {
                Output.err(spec).println(Printable.of(url, 120) + ": " + e.why());
            }
        }
        return relays.size() == urls.size() ? Optional.of(relays) : Optional.empty();
    }

    private int print(List<CheckReport> reports) {
        for (CheckReport report : reports) {
            Output.out(spec).println(json ? ReportJson.writeWhole(report).encode() : CheckReportText.of(report));
        }
        boolean allOnline = reports.stream().allMatch(report -> report.state() == RelayState.ONLINE);
        return allOnline ? ExitCode.OK : ExitCode.FAILED;
    }
}
