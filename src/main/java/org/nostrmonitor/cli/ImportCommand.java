package org.nostrmonitor.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.RelayListReader;
import org.nostrmonitor.relay.RelayListReader.Accepted;
import org.nostrmonitor.relay.RelayListReader.Line;
import org.nostrmonitor.relay.RelayListReader.Rejected;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.Added;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds relay URLs from a list of any length. What is no relay is told and skipped, the rest is added. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Add relay URLs, one a line; prints how many were added, known and rejected, and why.",
        footer = "Blank lines and lines that begin with # are skipped.")
public final class ImportCommand implements Callable<Integer> {
    private static final int BATCH = 1_000;
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(30);

    private final DatabaseAccess database;
    private final InputStream standardInput;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "FILE", description = "the list, or - for standard input")
    private @Nullable String file;

    private final Set<RelayUrl> batch = new LinkedHashSet<>();
    private long added;
    private long known;
    private long rejected;

    public ImportCommand(DatabaseAccess database, InputStream standardInput) {
        this.database = database;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws IOException {
        Optional<MonitorConfig> loaded = config.load(Flags.NONE, Output.err(spec));
        if (loaded.isEmpty()) {
            return ExitCode.USAGE;
        }
        try (InputStream list = open();
                DatabaseAccess.Store store = database.open(loaded.get())) {
            add(new RelayListReader(list), store);
        }
        Output.out(spec).printf("added %d, known %d, rejected %d%n", added, known, rejected);
        return ExitCode.OK;
    }

    private InputStream open() {
        String name = Objects.requireNonNull(file);
        if (name.equals("-")) {
            return new FilterInputStream(standardInput) {
                @Override
                public void close() {
                    // Not ours to close.
                }
            };
        }
        try {
            return Files.newInputStream(Path.of(name));
        } catch (IOException e) {
            throw new StartFailure(name + ": there is no such file, or it cannot be read", e);
        }
    }

    private void add(RelayListReader reader, DatabaseAccess.Store store) throws IOException {
        for (Line line = reader.next(); line != null; line = reader.next()) {
            if (line instanceof Rejected no) {
                rejected++;
                Output.out(spec).printf("line %d: %s: %s%n", no.number(), no.text(), no.why());
            } else if (!batch.add(((Accepted) line).relay())) {
                known++;
            }
            if (batch.size() == BATCH) {
                flush(store);
            }
        }
        flush(store);
    }

    private void flush(DatabaseAccess.Store store) {
        if (!batch.isEmpty()) {
            Added result = Await.of(store.add(Set.copyOf(batch)), BATCH_LIMIT, "the database");
            added += result.added();
            known += result.known();
            batch.clear();
        }
    }
}
