package org.nostrmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryLockTest {
    @TempDir
    Path directory;

    @Test
    void isHeldByOneAtATime() throws Exception {
        try (DataDirectoryLock held = DataDirectoryLock.take(directory)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> DataDirectoryLock.take(directory)).isInstanceOf(DataDirectoryInUse.class);
        }
        DataDirectoryLock.take(directory).close();
    }

    @Test
    void makesTheDirectory() throws Exception {
        DataDirectoryLock.take(directory.resolve("a/b")).close();
        assertThat(directory.resolve("a/b")).isDirectory();
    }

    @Test
    void namesTheOtherMonitorInOneLine() throws Exception {
        Process other = holder(directory);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> DataDirectoryLock.take(directory))
                    .isInstanceOf(DataDirectoryInUse.class)
                    .hasMessage(
                            "the data directory %s is in use by another monitor (process %d); stop that one, or name"
                                    + " another dataDirectory",
                            directory, other.pid());
        } finally {
            other.destroyForcibly();
            other.waitFor(10, TimeUnit.SECONDS);
        }
        DataDirectoryLock.take(directory).close();
    }

    private static Process holder(Path directory) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process: takes the lock, says so, and holds it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (DataDirectoryLock held = DataDirectoryLock.take(Path.of(args[0]))) {
                System.out.println(held == null ? "" : "held");
                new java.util.concurrent.CountDownLatch(1).await();
            }
        }
    }
}
