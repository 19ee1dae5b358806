package org.nostrmonitor.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.coordinate.Retractions;
import org.nostrmonitor.coordinate.Retractions.Retracted;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes back what was published of relays that should never have been told of. The publisher of the monitor sends it. */
@Command(
        name = "retract",
        mixinStandardHelpOptions = true,
        description = "Ask all publish relays to forget what was published of relays (NIP-09), and forget it here.",
        footer = "The relays stay in the list: one that is found online again is published again.")
public final class RetractCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST_REASON = 500;

    private final DatabaseAccess database;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for everybody to read; up to 500 characters")
    private String reason = "";

    @Parameters(paramLabel = "URL", arity = "1..*", description = "relays")
    private List<String> urls = new ArrayList<>();

    public RetractCommand(DatabaseAccess database) {
        this.database = database;
    }

    @Override
    public Integer call() {
        List<RelayUrl> relays = relays();
        if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw wrong("--reason is longer than " + LONGEST_REASON + " characters, or holds control characters");
        }
        Optional<MonitorConfig> loaded = config.load(Flags.NONE, Output.err(spec));
        if (loaded.isEmpty()) {
            return ExitCode.USAGE;
        }
        KeyRing keys = keys(loaded.get());
        try (DatabaseAccess.Store store = database.open(loaded.get())) {
            List<RelayUrl> targets = Await.of(store.publishTargets(), LIMIT, "the database");
            Retractions retractions = new Retractions(store.outbox(), keys, targets, InstantSource.system());
            boolean all = true;
            for (RelayUrl relay : relays) {
                Retracted done = Await.of(retractions.retract(relay, reason), LIMIT, "the database");
                all &= tell(Output.out(spec), relay, done, targets);
            }
            return all ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private List<RelayUrl> relays() {
        List<RelayUrl> relays = new ArrayList<>();
        for (String url : urls) {
            try {
                relays.add(RelayUrl.parse(url));
            } catch (InvalidRelayUrl e) {
                throw wrong(url + ": " + e.why());
            }
        }
        return relays;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }

    /** A key that would be made now has signed nothing. */
    private static KeyRing keys(MonitorConfig config) {
        Path key = NodeKeys.file(config);
        if (config.monitor().secretKey() == null && !Files.exists(key)) {
            throw new StartFailure(key + ": there is no such file, so there is no key that has published anything");
        }
        return NodeKeys.load(config.monitor(), key).withRetired();
    }

    /** Whether it was taken back, all of it. */
    private static boolean tell(PrintWriter out, RelayUrl relay, Retracted done, List<RelayUrl> targets) {
        if (done.requests().isEmpty() && done.otherKeys().isEmpty()) {
            out.printf("%s: nothing is published of it%n", relay);
            return true;
        }
        done.requests()
                .forEach(request -> out.printf(
                        "%s: deletion request %s by %s, for %d publish relays%n",
                        relay, request.id(), request.pubkey(), targets.size()));
        done.otherKeys()
                .forEach(
                        key -> out.printf("%s: the key %s published it too, and its secret is not here%n", relay, key));
        return done.otherKeys().isEmpty();
    }
}
