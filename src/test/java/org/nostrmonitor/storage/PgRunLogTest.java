package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.RunLog.Run;

class PgRunLogTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void keepsWhatWasDoneForThirtyDaysTheNewestFirst() {
        RunLog log = new PgRunLog(STORAGE.database());
        Run old = run(NOON, "first");
        Run next = new Run("announce", NOON.plusSeconds(60), Duration.ofMillis(1_234), false, "no\0 answer");

        await(log.add(old));
        await(log.add(next));
        List<Run> both = await(log.recent(10));
        await(log.add(run(NOON.plus(Duration.ofDays(30)).plusSeconds(1), "last")));

        assertThat(both)
                .containsExactly(
                        new Run("announce", NOON.plusSeconds(60), Duration.ofMillis(1_234), false, "no\uFFFD answer"),
                        old);
        assertThat(await(log.recent(10))).extracting(Run::result).containsExactly("last", "no\uFFFD answer");
        assertThat(await(log.recent(1))).extracting(Run::result).containsExactly("last");
        assertThat(await(log.newest())).extracting(Run::result).containsExactly("no\uFFFD answer", "last");
    }

    private static Run run(Instant at, String result) {
        return new Run("maintenance", at, Duration.ofMillis(5), true, result);
    }
}
