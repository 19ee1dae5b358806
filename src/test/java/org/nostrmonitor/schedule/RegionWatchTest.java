package org.nostrmonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionWatchTest {
    private final ScriptedWorkers workers = new ScriptedWorkers();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final RegionWatch watch = new RegionWatch(workers, Set.of("home"), () -> now);

    @Test
    void seesWhereWorkersAre() {
        assertThat(watch.present()).containsExactly("home");
        watch(0);

        assertThat(watch.present()).containsExactly("eu", "home");
    }

    @Test
    void forgetsARegionAMinuteAfterItsLastWorker() {
        watch(0);
        workers.regions = Set.of();

        watch(60);
        assertThat(watch.present()).contains("eu");
        assertThat(watch.isAbsent("eu")).isFalse();
        watch(5);
        assertThat(watch.present()).doesNotContain("eu");
        assertThat(watch.isAbsent("eu")).isTrue();
    }

    @Test
    void believesRightAfterItsStartOfNobodyThatHeIsGone() {
        workers.regions = Set.of();

        assertThat(watch.isAbsent("eu")).isFalse();
        watch(55);
        assertThat(watch.isAbsent("eu")).isFalse();
        watch(10);
        assertThat(watch.isAbsent("eu")).isTrue();
    }

    @Test
    void believesNothingWhileRedisIsAwayNorForAMinuteAfter() {
        workers.regions = Set.of();
        watch(120);
        workers.away = true;
        watch(300);
        assertThat(watch.isAbsent("eu")).isFalse();

        workers.away = false;
        watch(55);
        assertThat(watch.isAbsent("eu")).isFalse();
        watch(10);
        assertThat(watch.isAbsent("eu")).isTrue();
    }

    @Test
    void believesNothingAfterItDidNotLookForAWhile() {
        workers.regions = Set.of();
        watch(120);
        now = now.plusSeconds(600);

        assertThat(watch.isAbsent("eu")).isFalse();
        watch(0);
        assertThat(watch.isAbsent("eu")).isFalse();
    }

    @Test
    void neverMissesItsOwnWorker() {
        workers.regions = Set.of();
        watch(600);

        assertThat(watch.isAbsent("home")).isFalse();
        assertThat(watch.isAbsent("eu")).isTrue();
    }

    /** Looks now, and every five seconds for so long. */
    private void watch(int seconds) {
        await(watch.observe().otherwiseEmpty());
        for (int i = 5; i <= seconds; i += 5) {
            now = now.plusSeconds(5);
            await(watch.observe().otherwiseEmpty());
        }
    }
}
