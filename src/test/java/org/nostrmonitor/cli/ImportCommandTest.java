package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.RelayRepository.Added;

class ImportCommandTest {
    @TempDir
    Path directory;

    private final Set<RelayUrl> stored = new HashSet<>(Set.of(RelayUrl.of("wss://nos.lol")));
    private final List<Integer> batches = new ArrayList<>();
    private int closed;

    private DatabaseAccess.Store store() {
        return new DatabaseAccess.Store() {
            @Override
            public Future<Added> add(Collection<RelayUrl> relays) {
                batches.add(relays.size());
                int fresh = (int) relays.stream().filter(stored::add).count();
                return Future.succeededFuture(new Added(fresh, relays.size() - fresh));
            }

            @Override
            public Outbox outbox() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Future<List<RelayUrl>> publishTargets() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    @Test
    void addsWhatIsNewAndTellsWhatItRejects() {
        CommandLineRun run =
                imported("# list\nwss://new.example\nnos.lol\nwss://nos.lol\nwss://NEW.example/\n\u001bx\n");

        assertThat(run.code()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "line 3: nos.lol: does not begin with wss:// or ws://",
                        "line 6: \\u001Bx: a space, control character or backslash inside",
                        "added 1, known 2, rejected 2");
        assertThat(stored).contains(RelayUrl.of("wss://new.example"));
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void addsALongListInBatches() {
        String list = IntStream.range(0, 2_500)
                .mapToObj(i -> "wss://relay" + i + ".example")
                .collect(Collectors.joining("\n"));

        assertThat(imported(list).out().strip()).isEqualTo("added 2500, known 0, rejected 0");
        assertThat(batches).containsExactly(1_000, 1_000, 500);
    }

    @Test
    void anEmptyListAddsNothing() {
        assertThat(imported("").out().strip()).isEqualTo("added 0, known 0, rejected 0");
        assertThat(batches).isEmpty();
    }

    @Test
    void readsAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("relays.txt"), "wss://new.example\n");

        CommandLineRun run = CommandLineRun.of(command(InputStream.nullInputStream()), "import", file.toString());

        assertThat(run.out().strip()).isEqualTo("added 1, known 0, rejected 0");
    }

    @Test
    void aMissingFileIsOneLine() {
        CommandLineRun run = CommandLineRun.of(command(InputStream.nullInputStream()), "import", "no/such");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("no/such: there is no such file, or it cannot be read");
    }

    @Test
    void aDatabaseThatIsAwayIsOneLine() {
        ImportCommand command = new ImportCommand(
                config -> {
                    throw new StartFailure("no PostgreSQL at db:5432");
                },
                InputStream.nullInputStream());

        CommandLineRun run = CommandLineRun.of(command, "import", "-");

        assertThat(run).isEqualTo(new CommandLineRun(1, "", "no PostgreSQL at db:5432" + System.lineSeparator()));
    }

    private ImportCommand command(InputStream in) {
        return new ImportCommand(config -> store(), in);
    }

    private CommandLineRun imported(String list) {
        InputStream in = new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8));
        return CommandLineRun.of(command(in), "import", "-");
    }
}
