package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.CycleRepository.Cycle;

class PgCycleRepositoryTest {
    private static final Instant NOON = Reports.NOON;
    private static final Instant DEADLINE = NOON.plusSeconds(900);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private CycleRepository cycles() {
        return new PgCycleRepository(STORAGE.database());
    }

    @Test
    void beginsACycleOnce() {
        assertThat(await(cycles().begin(NOON, "eu", DEADLINE))).isTrue();
        assertThat(await(cycles().begin(NOON, "eu", DEADLINE))).isFalse();
        assertThat(await(cycles().begin(NOON, "us", DEADLINE))).isTrue();
    }

    @Test
    void isEndedByOneCallerOnly() {
        await(cycles().begin(NOON, "eu", DEADLINE));
        await(cycles().planned(NOON, "eu", 7));

        assertThat(await(cycles().complete(NOON, "eu"))).isTrue();
        assertThat(await(cycles().complete(NOON, "eu"))).isFalse();
        assertThat(await(cycles().miss(NOON, "eu", "late"))).isFalse();
        await(cycles().planned(NOON, "eu", 9));
        Cycle cycle = await(cycles().latest(10)).get(0);
        assertThat(cycle.state()).isEqualTo("complete");
        assertThat(cycle.planned()).isEqualTo(7);
        assertThat(cycle.completedAt()).isNotNull();
    }

    @Test
    void listsWhatIsUnfinishedOldestFirst() {
        await(cycles().begin(DEADLINE, "eu", DEADLINE));
        await(cycles().begin(NOON, "eu", DEADLINE));
        await(cycles().begin(NOON, "us", DEADLINE));
        await(cycles().miss(NOON, "us", "no worker"));

        assertThat(await(cycles().unfinished())).extracting(Cycle::cycle).containsExactly(NOON, DEADLINE);
        assertThat(await(cycles().latest(2))).extracting(Cycle::cycle).containsExactly(DEADLINE, NOON);
        assertThat(await(cycles().latest(10)).get(2).why()).isEqualTo("no worker");
    }

    @Test
    void knowsARegionByOneNumberWhoeverAsksFirst() {
        List<CycleRepository> nodes =
                IntStream.range(0, 8).mapToObj(node -> cycles()).toList();
        var begun = nodes.stream()
                .map(node -> node.begin(NOON, "new-region", DEADLINE))
                .toList();

        assertThat(begun.stream().filter(one -> await(one)).count()).isEqualTo(1);
    }
}
