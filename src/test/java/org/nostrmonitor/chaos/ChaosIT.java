package org.nostrmonitor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short run. The long one is {@link LongChaosRun}; what both promise stands in {@code docs/reliability.md}. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChaosIT {
    @Test
    void everyPlannedCheckIsStoredOnceWhateverDies() throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
        try (ChaosRun run = new ChaosRun(Size.shortOne(), seed)) {
            Verdict verdict = run.run();

            System.out.println(run.table(verdict));
            assertThat(verdict.problems()).as("seed " + seed).isEmpty();
            assertThat(verdict.staleRefused() + verdict.staleNoticed())
                    .as("stale leases, seed " + seed)
                    .isPositive();
        }
    }
}
