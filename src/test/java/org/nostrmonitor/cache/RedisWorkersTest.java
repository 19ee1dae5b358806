package org.nostrmonitor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.testing.RealRedis;

class RedisWorkersTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final RedisWorkers workers = new RedisWorkers(REDIS.client());

    private static Worker worker(String region, String id, int busy) {
        return new Worker(id, region, Instant.parse("2026-01-02T03:04:05Z"), 1000, busy, 5, 6, 12_345, 7, "all well");
    }

    @Test
    void seesWhoIsAtWorkByRegionAndId() {
        await(workers.beat(worker("west", "a", 1)));
        await(workers.beat(worker("east", "c", 2)));
        await(workers.beat(worker("east", "b", 3)));
        assertThat(await(workers.seen()))
                .containsExactly(worker("east", "b", 3), worker("east", "c", 2), worker("west", "a", 1));
    }

    @Test
    void keepsTheNewestBeat() {
        await(workers.beat(worker("east", "a", 1)));
        await(workers.beat(worker("east", "a", 9)));
        assertThat(await(workers.seen())).containsExactly(worker("east", "a", 9));
    }

    @Test
    void tellsWhoDoubtsItsOwnNetwork() {
        Worker doubting = new Worker("a", "east", Instant.EPOCH, 1000, 0, 0, 0, 7, 7, "in doubt", true);
        await(workers.beat(doubting));
        assertThat(await(workers.seen())).containsExactly(doubting);
    }

    @Test
    void forgetsAWorkerThatLeaves() {
        await(workers.beat(worker("east", "a", 1)));
        await(workers.leave("a"));
        assertThat(await(workers.seen())).isEmpty();
    }

    @Test
    void forgetsAWorkerThatIsSilentWhileAnotherBeats() {
        RedisWorkers impatient = new RedisWorkers(REDIS.client(), Duration.ofMillis(200));
        await(impatient.beat(worker("east", "silent", 1)));
        List<Worker> seen = until(
                () -> impatient.beat(worker("east", "alive", 1)).compose(done -> impatient.seen()),
                now -> now.size() == 1);
        assertThat(seen).containsExactly(worker("east", "alive", 1));
    }
}
