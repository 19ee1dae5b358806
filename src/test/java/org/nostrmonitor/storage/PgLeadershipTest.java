package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgLeadershipTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void isHeldByOneAtATime() {
        assertThat(hold("a")).hasValue(1);
        assertThat(hold("b")).isEmpty();
        assertThat(hold("a")).as("renewing is no new term").hasValue(1);
    }

    @Test
    void passesOnWhenTheLeaseHasRunOutInANewTerm() {
        hold("a");
        runOut();

        assertThat(hold("b")).hasValue(2);
        assertThat(hold("a")).isEmpty();
        runOut();
        assertThat(hold("a")).hasValue(3);
    }

    @Test
    void isTheSameTermForWhoWasLateAndHadNoSuccessor() {
        hold("a");
        runOut();

        assertThat(hold("a")).hasValue(1);
    }

    @Test
    void isTakenByOneOfManyThatComeTogether() {
        List<Future<OptionalLong>> all = IntStream.range(0, 20)
                .mapToObj(i -> leadership().hold("scheduler", "node " + i, MINUTE))
                .toList();

        assertThat(all.stream().filter(one -> await(one).isPresent()).count()).isEqualTo(1);
    }

    @Test
    void isFreeAtOnceWhenItsHolderResigns() {
        hold("a");
        await(leadership().resign("scheduler", "b"));
        assertThat(hold("b")).isEmpty();

        await(leadership().resign("scheduler", "a"));

        assertThat(hold("b")).hasValue(2);
    }

    @Test
    void isADifferentThingForEachRole() {
        hold("a");

        assertThat(await(leadership().hold("something else", "b", MINUTE))).hasValue(1);
    }

    private static OptionalLong hold(String holder) {
        return await(leadership().hold("scheduler", holder, MINUTE));
    }

    private static void runOut() {
        STORAGE.postgres.execute("UPDATE leadership SET expires_at = now() - interval '1 ms'");
    }

    private static Leadership leadership() {
        return new PgLeadership(STORAGE.database());
    }
}
