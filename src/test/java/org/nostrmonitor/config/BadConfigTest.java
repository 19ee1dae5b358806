package org.nostrmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code bad/NAME.json} with exactly the lines of {@code bad/NAME.txt}; {@code {file}} stands for its path. */
class BadConfigTest {
    private static final Path BAD = Path.of("src/test/resources/config/bad");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(BAD)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysWhatIsWrongALineForEachFault(String name) {
        Path file = BAD.resolve(name + ".json");

        InvalidConfig invalid =
                catchThrowableOfType(InvalidConfig.class, () -> new ConfigLoader(Map.of()).load(file, Flags.NONE));

        assertThat(invalid.faults()).containsExactlyElementsOf(expected(name, file));
    }

    @ParameterizedTest
    @MethodSource("names")
    void neverRepeatsASecret(String name) {
        InvalidConfig invalid = catchThrowableOfType(
                InvalidConfig.class, () -> new ConfigLoader(Map.of()).load(BAD.resolve(name + ".json"), Flags.NONE));

        assertThat(invalid).hasMessageNotContaining("hunter2");
    }

    private static List<String> expected(String name, Path file) {
        try (Stream<String> lines = Files.lines(BAD.resolve(name + ".txt"))) {
            return lines.map(line -> line.replace("{file}", file.toString())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
