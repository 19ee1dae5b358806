package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final String SECRET = "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa";
    private static final String NSEC = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
    private static final String PUBLIC = "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e";

    @TempDir
    private Path directory;

    @Test
    void makesAKeyForItsOwnerAloneAndReadsItBack() throws Exception {
        Path file = directory.resolve("a/b/monitor.key");
        SecretKey made = KeyFile.loadOrCreate(file, null);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.loadOrCreate(file, null).publicKey()).isEqualTo(made.publicKey());
        assertThat(names(directory.resolve("a/b"))).containsExactly("monitor.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, NSEC, SECRET + "\n", " \t" + NSEC + "\r\n\n"})
    void readsHexAndNsec(String text) throws Exception {
        assertThat(KeyFile.loadOrCreate(file(text, "rw-------"), null).publicKey())
                .isEqualTo(PUBLIC);
    }

    @Test
    void readsAFileThatNobodyMayWrite() throws Exception {
        assertThat(KeyFile.loadOrCreate(file(SECRET, "r--------"), null).publicKey())
                .isEqualTo(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "r-----r--"})
    void refusesAFileThatOthersCanReadOrWrite(String permissions) throws Exception {
        Path file = file(SECRET, permissions);
        assertThatThrownBy(() -> KeyFile.loadOrCreate(file, null))
                .isInstanceOf(KeyFileException.class)
                .hasMessage("key file " + file + ": is open to others than its owner (" + permissions
                        + "): run chmod 600 on it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "hello",
                SECRET + SECRET,
                NSEC + " " + NSEC,
                "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void saysInOneLineWhatIsWrongAndNeverOverwrites(String text) throws Exception {
        Path file = file(text, "rw-------");
        assertThatThrownBy(() -> KeyFile.loadOrCreate(file, null))
                .isInstanceOf(KeyFileException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("key file " + file + ": ")
                        .doesNotContain("\n")
                        .doesNotContain("67dea2ed"));
        assertThat(file).hasContent(text);
    }

    @Test
    void refusesALongFileWithoutReadingItAll() throws Exception {
        Path file = file(" ".repeat(1_000_000), "rw-------");
        assertThatThrownBy(() -> KeyFile.loadOrCreate(file, null))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("longer than a key");
    }

    @Test
    void refusesADirectoryAndAPathBelowAFile() throws Exception {
        Path closed = Files.createDirectory(
                directory.resolve("d"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThatThrownBy(() -> KeyFile.loadOrCreate(closed, null)).isInstanceOf(KeyFileException.class);
        Path below = file(SECRET, "rw-------").resolve("x.key");
        assertThatThrownBy(() -> KeyFile.loadOrCreate(below, null)).isInstanceOf(KeyFileException.class);
    }

    @Test
    void givesAllThatStartAtOnceTheSameKey() throws Exception {
        Path file = directory.resolve("new/monitor.key");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch go = new CountDownLatch(1);
            Callable<String> start = () -> {
                go.await();
                return KeyFile.loadOrCreate(file, null).publicKey();
            };
            List<Future<String>> starts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                starts.add(threads.submit(start));
            }
            go.countDown();
            Set<String> keys = new HashSet<>();
            for (Future<String> one : starts) {
                keys.add(one.get(30, TimeUnit.SECONDS));
            }
            assertThat(keys).hasSize(1);
            assertThat(names(directory.resolve("new"))).containsExactly("monitor.key");
        } finally {
            threads.shutdownNow();
        }
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("given.key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
