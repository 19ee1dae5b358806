package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.storage.RunLog;

class RunsTest {
    private final MovableClock clock = new MovableClock("2026-03-02T03:17:00Z");
    private final List<RunLog.Run> rows = new ArrayList<>();
    private boolean away;
    private final Runs runs = new Runs(
            new RunLog() {
                @Override
                public Future<Void> add(Run run) {
                    rows.add(run);
                    return away ? Future.failedFuture("the database is away") : Future.succeededFuture();
                }

                @Override
                public Future<List<Run>> recent(int most) {
                    return Future.succeededFuture(rows);
                }

                @Override
                public Future<List<Run>> newest() {
                    return Future.succeededFuture(rows);
                }
            },
            clock);

    @Test
    void keepsARowOfWhatWasDone() {
        runs.run("announce", () -> Future.succeededFuture(Done.well("announced kinds [0]")));

        assertThat(rows).singleElement().satisfies(run -> {
            assertThat(run.job()).isEqualTo("announce");
            assertThat(run.startedAt()).isEqualTo(clock.instant());
            assertThat(run.well()).isTrue();
            assertThat(run.result()).isEqualTo("announced kinds [0]");
        });
    }

    @Test
    void keepsNoneOfWhatHadNothingToDo() {
        assertThat(runs.run("announce", () -> Future.succeededFuture(Done.NOTHING))
                        .result())
                .isEqualTo(Done.NOTHING);
        assertThat(rows).isEmpty();
    }

    @Test
    void keepsWhyOneFailedThoughItThrew() {
        Done failed = runs.run("announce", () -> Future.failedFuture(new IllegalStateException("no disk")))
                .result();
        Done threw = runs.run("families", () -> {
                    throw new IllegalStateException("x".repeat(5_000));
                })
                .result();

        assertThat(failed).isEqualTo(new Done(false, "java.lang.IllegalStateException: no disk"));
        assertThat(threw.well()).isFalse();
        assertThat(rows).extracting(RunLog.Run::well).containsExactly(false, false);
        assertThat(rows.get(1).result()).hasSize(1_000);
    }

    @Test
    void saysWhatWasDoneThoughTheRowCannotBeStored() {
        away = true;

        assertThat(runs.run("announce", () -> Future.succeededFuture(Done.well("done")))
                        .result())
                .isEqualTo(Done.well("done"));
    }
}
