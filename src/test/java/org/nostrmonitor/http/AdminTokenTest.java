package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.config.StartFailure;

class AdminTokenTest {
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path directory;

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(20, TimeUnit.SECONDS);
    }

    private static Optional<AdminToken> read(Path file) throws Exception {
        return AdminToken.read(VERTX, file).await(20, TimeUnit.SECONDS);
    }

    @Test
    void theBlanksAroundItDoNotCount() throws Exception {
        AdminToken token = read(Files.writeString(directory.resolve("token"), "\n 0123456789abcdef \r\n"))
                .orElseThrow();

        assertThat(token.matches("0123456789abcdef")).isTrue();
        assertThat(token.matches("0123456789abcdeF")).isFalse();
        assertThat(token.matches("0123456789abcdef0")).isFalse();
        assertThat(token.matches("")).isFalse();
    }

    @Test
    void withoutAFileThereIsNone() throws Exception {
        assertThat(AdminToken.read(VERTX, null).await(20, TimeUnit.SECONDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcde, shorter than 16",
        "'', shorter than 16",
        "two words of a token, without blanks",
        "ein-schlüssel-für-alles, ASCII"
    })
    void aBadOneNamesTheKeyAndTheFileAndNotItself(String content, String words) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), content);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("http.adminTokenFile: ")
                .hasMessageContaining(file.toString())
                .hasMessageContaining(words)
                .hasMessageNotContaining(content.isEmpty() ? "no such words" : content);
    }

    @Test
    void aFileWithoutEndIsNotReadToItsEnd() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "x".repeat(100_000));

        assertThatThrownBy(() -> read(file)).hasMessageContaining("longer than 1024");
    }

    @Test
    void aServerDoesNotStartWithoutTheFileThatIsNamed() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> new DemoClient(DemoData.relays(), missing))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("http.adminTokenFile")
                .hasMessageContaining(missing.toString());
    }
}
