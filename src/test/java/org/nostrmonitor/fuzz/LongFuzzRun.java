package org.nostrmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The long run: {@code mvn -Pfuzz test}, with {@code -Dfuzz.minutes} (5). New seeds each time. Goes on after a failure, with the
 * other readers, and writes what it did to {@code target/fuzz.md}.
 */
@Timeout(value = 24, unit = java.util.concurrent.TimeUnit.HOURS)
class LongFuzzRun {
    private static final int SLICE = 2_000;

    @Test
    void givesAValueOrWhatItDeclares() throws Exception {
        Duration length = Duration.ofMinutes(Long.getLong("fuzz.minutes", 5));
        long end = System.nanoTime() + length.toNanos();
        long seed = Fuzz.SEED == null ? System.currentTimeMillis() << 20 : Fuzz.SEED;
        List<Fuzz> all = Targets.chosen().stream().map(Fuzz::new).toList();
        List<Fuzz> running = new ArrayList<>(all);
        List<String> failures = new ArrayList<>();

        while (System.nanoTime() - end < 0 && !running.isEmpty()) {
            for (Fuzz fuzz : List.copyOf(running)) {
                try {
                    var unused = fuzz.run(seed, SLICE);
                } catch (AssertionError e) {
                    failures.add(e.getMessage() + " - " + e.getCause());
                    running.remove(fuzz);
                }
            }
            seed += SLICE;
        }

        String table = table(all);
        System.out.println(table);
        Files.writeString(Path.of("target", "fuzz.md"), table);
        assertThat(failures).isEmpty();
    }

    private static String table(List<Fuzz> all) {
        StringBuilder table = new StringBuilder("| reader | inputs | read | slowest |\n|---|---:|---:|---|\n");
        all.forEach(fuzz -> table.append(
                "| %s | %,d | %,d | %s |%n".formatted(fuzz.target(), fuzz.rounds(), fuzz.read(), fuzz.slowest())));
        return table.toString();
    }
}
