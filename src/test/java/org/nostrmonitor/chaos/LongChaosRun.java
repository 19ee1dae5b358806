package org.nostrmonitor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The long run: {@code mvn -Pchaos test}. Writes its table to {@code target/chaos.md}. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LongChaosRun {
    @Test
    void everyPlannedCheckIsStoredOnceWhateverDies() throws Exception {
        long seed = Long.getLong("chaos.seed", 1);
        try (ChaosRun run = new ChaosRun(Size.longOne(), seed)) {
            Verdict verdict = run.run();

            String table = run.table(verdict);
            System.out.println(table);
            run.reasonsOfLetters().forEach(why -> System.out.println("chaos: a dead letter: " + why));
            Files.writeString(Path.of("target", "chaos.md"), table);
            assertThat(verdict.problems()).as("seed " + seed).isEmpty();
            assertThat(verdict.planned()).isGreaterThanOrEqualTo(100_000);
            assertThat(verdict.staleRefused() + verdict.staleNoticed()).isPositive();
        }
    }
}
