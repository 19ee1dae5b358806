package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.CycleRepository.Missed;

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
        long term = STORAGE.lead();

        assertThat(await(cycles().begin(term, NOON, "eu", DEADLINE))).isTrue();
        assertThat(await(cycles().begin(term, NOON, "eu", DEADLINE))).isFalse();
        assertThat(await(cycles().begin(term, NOON, "us", DEADLINE))).isTrue();
    }

    @Test
    void isEndedByOneCallerOnly() {
        long term = STORAGE.lead();
        await(cycles().begin(term, NOON, "eu", DEADLINE));
        assertThat(await(cycles().planned(term, NOON, "eu", 7))).isTrue();

        assertThat(await(cycles().complete(term, NOON, "eu", "1 check became a dead letter")))
                .isTrue();
        assertThat(await(cycles().complete(term, NOON, "eu", null))).isFalse();
        assertThat(await(cycles().miss(term, NOON, "eu", "late"))).isFalse();
        assertThat(await(cycles().planned(term, NOON, "eu", 9))).isFalse();
        Cycle cycle = await(cycles().latest(10)).get(0);
        assertThat(cycle.state()).isEqualTo("complete");
        assertThat(cycle.planned()).isEqualTo(7);
        assertThat(cycle.completedAt()).isNotNull();
        assertThat(cycle.why()).isEqualTo("1 check became a dead letter");
    }

    @Test
    void doesNotShrinkWhenItIsPlannedAgain() {
        long term = STORAGE.lead();
        await(cycles().begin(term, NOON, "eu", DEADLINE));
        await(cycles().planned(term, NOON, "eu", 7));
        await(cycles().planned(term, NOON, "eu", 5));

        assertThat(await(cycles().latest(1)).get(0).planned()).isEqualTo(7);
    }

    @Test
    void refusesEveryChangeUnderATermThatDoesNotLead() {
        long term = STORAGE.lead();
        await(cycles().begin(term, NOON, "eu", DEADLINE));
        Missed missed = new Missed(DEADLINE, DEADLINE, "");

        for (long other : new long[] {term - 1, term + 1}) {
            assertThat(await(cycles().begin(other, DEADLINE, "eu", DEADLINE))).isFalse();
            assertThat(await(cycles().planned(other, NOON, "eu", 7))).isFalse();
            assertThat(await(cycles().complete(other, NOON, "eu", null))).isFalse();
            assertThat(await(cycles().miss(other, NOON, "eu", ""))).isFalse();
            assertThat(await(cycles().recordMissed(other, "eu", List.of(missed))))
                    .isZero();
        }
        STORAGE.postgres.execute("UPDATE leadership SET expires_at = now() - interval '1 ms'");
        assertThat(await(cycles().complete(term, NOON, "eu", null))).isFalse();
        assertThat(await(cycles().unfinished("eu"))).hasSize(1);
    }

    @Test
    void listsWhatIsUnfinishedOldestFirst() {
        long term = STORAGE.lead();
        await(cycles().begin(term, DEADLINE, "eu", DEADLINE));
        await(cycles().begin(term, NOON, "eu", DEADLINE));
        await(cycles().begin(term, NOON, "us", DEADLINE));
        await(cycles().miss(term, NOON, "us", "no worker"));

        assertThat(await(cycles().unfinished("eu"))).extracting(Cycle::cycle).containsExactly(NOON, DEADLINE);
        assertThat(await(cycles().unfinished("us"))).isEmpty();
        assertThat(await(cycles().latest(2))).extracting(Cycle::cycle).containsExactly(DEADLINE, NOON);
        assertThat(await(cycles().latest(10)).get(2).why()).isEqualTo("no worker");
        assertThat(await(cycles().latest("us", 10))).extracting(Cycle::region).containsExactly("us");
    }

    @Test
    void recordsTicksThatNobodyBeganAndLeavesTheOthers() {
        long term = STORAGE.lead();
        await(cycles().begin(term, NOON, "eu", DEADLINE));
        List<Missed> ticks = List.of(
                new Missed(NOON, DEADLINE, "nobody"), new Missed(DEADLINE, DEADLINE.plusSeconds(900), "nobody"));

        assertThat(await(cycles().recordMissed(term, "eu", ticks))).isEqualTo(1);
        assertThat(await(cycles().latest("eu", 5))).extracting(Cycle::state).containsExactly("missed", "planning");
    }

    @Test
    void countsTheResultsOfOneCycleInOneRegion() {
        STORAGE.know("wss://a.example/", "wss://b.example/");
        await(STORAGE.reports()
                .store(Reports.online("wss://a.example/").in("eu").finding()));
        await(STORAGE.reports()
                .store(Reports.online("wss://b.example/").in("us").finding()));
        await(STORAGE.reports()
                .store(Reports.online("wss://b.example/")
                        .in("eu")
                        .minutesLater(15)
                        .finding()));

        assertThat(await(cycles().stored(NOON, "eu"))).isEqualTo(1);
        assertThat(await(cycles().stored(NOON.plusSeconds(1), "eu"))).isZero();
    }

    @Test
    void expectsNoCyclesOfARegionThatHasOnlyMissedForAWeek() {
        STORAGE.postgres.execute("DELETE FROM regions");
        long term = STORAGE.lead();
        Instant weekAgo = NOON.minusSeconds(7 * 86400);
        await(cycles().begin(term, weekAgo.plusSeconds(1), "eu", DEADLINE));
        await(cycles().begin(term, weekAgo, "retired", DEADLINE));
        await(cycles().recordMissed(term, "retired", List.of(new Missed(NOON, NOON, "no worker"))));
        await(cycles().recordMissed(term, "never", List.of(new Missed(weekAgo, NOON, "no worker"))));
        STORAGE.postgres.execute("INSERT INTO regions (name) VALUES ('new')");

        assertThat(await(cycles().regions(NOON))).containsExactly("eu", "new");
    }

    @Test
    void knowsARegionByOneNumberWhoeverAsksFirst() {
        long term = STORAGE.lead();
        List<CycleRepository> nodes =
                IntStream.range(0, 8).mapToObj(node -> cycles()).toList();
        var begun = nodes.stream()
                .map(node -> node.begin(term, NOON, "new-region", DEADLINE))
                .toList();

        assertThat(begun.stream().filter(one -> await(one)).count()).isEqualTo(1);
    }
}
