package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.queue.Jobs.jobs;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

class RedisDeadLettersTest extends QueueTests {
    private static final Instant AGAIN = CYCLE.plusSeconds(77);

    private void buryAll(List<CheckJob> jobs) {
        await(queue.plan(jobs));
        await(Future.all(claim(jobs.size()).stream()
                .map(lease -> queue.bury(lease, "hopeless"))
                .toList()));
    }

    private static CheckJob again(CheckJob job) {
        return job(job.relay().host(), job.priority(), AGAIN, REGION).withWasUp(job.wasUp());
    }

    @Test
    void holdsTheWholeJobWithoutItsCycle() {
        CheckJob job = job("a.example/%7Bpath%7D?x=\"y\"&z", Priority.DEAD).withWasUp(true);
        Lease first = planAndClaim(job);
        await(queue.confirm(first, Duration.ZERO, "tcp_refused"));
        await(queue.retry(claim(1).get(0), Duration.ZERO, "no database"));
        await(queue.bury(claim(1).get(0), "say \"no\""));
        await(queue.drop(REGION, CYCLE));
        DeadLetter letter = await(letters.newest(REGION, 1)).get(0);
        assertThat(letter.job()).isEqualTo(job.after(2, 1, null));
        assertThat(letter.why()).isEqualTo("say \"no\"");
        assertThat(letter.id()).isEqualTo(job.id());
    }

    @Test
    void holdsAJobThatIsPublishedNowhereAndSignedByNobody() {
        CheckJob plain = job("a.example");
        CheckJob job = new CheckJob(
                plain.relay(), REGION, CYCLE, plain.checks(), plain.timeouts(), null, List.of(), Priority.ONLINE, 1);
        Lease lease = planAndClaim(job);
        assertThat(lease.job()).isEqualTo(job);
        await(queue.bury(lease, "hopeless"));
        assertThat(await(letters.newest(REGION, 1)).get(0).job()).isEqualTo(job);
    }

    @Test
    void aPoisonJobThatKillsItsWorkersIsDeadAfterThreeReaps() {
        CheckJob poison = job("poison.example").withWasUp(true);
        await(queue.plan(List.of(poison)));
        for (int i = 0; i < 3; i++) {
            await(queue.claim(new Claim(REGION, "doomed-" + i, 1, 0, Duration.ZERO, Pace.UNLIMITED)));
            assertThat(await(queue.reap(REGION, 3))).isEqualTo(1);
        }
        assertThat(claim(1)).isEmpty();
        assertThat(await(letters.newest(REGION, 1)).get(0).job()).isEqualTo(poison.withAttempt(3));
        assertThat(await(view.progress(REGION, CYCLE))).isEqualTo(new CycleProgress(0, 0, 1, false));
    }

    @Test
    void retriesAsFirstAttemptsOfAnotherCycle() {
        List<CheckJob> jobs = jobs(3);
        buryAll(jobs);
        List<String> ids = List.of(jobs.get(0).id(), jobs.get(2).id(), "1 wss://unknown.example/");
        assertThat(await(letters.retry(REGION, ids, AGAIN))).isEqualTo(2);
        assertThat(await(letters.retry(REGION, ids, AGAIN))).isZero();
        assertThat(counts()).matches(c -> c.dead() == 1 && c.ready() == 2);
        assertThat(claim(5)).extracting(Lease::job).containsExactlyInAnyOrder(again(jobs.get(0)), again(jobs.get(2)));
        assertThat(await(view.progress(REGION, AGAIN)).sealed()).isFalse();
        assertThat(await(view.progress(REGION, CYCLE)).dead()).isEqualTo(3);
    }

    @Test
    void retriesWhatWasAskedForAmongThat() {
        buryAll(List.of(asked("a.example", CYCLE)));
        assertThat(await(letters.retryAll(REGION, AGAIN))).isEqualTo(1);
        assertThat(claim(0, 1, Pace.UNLIMITED)).hasSize(1);
    }

    @Test
    void retriesAllButThoseThatCannotBeRead() {
        await(queue.plan(jobs(1)));
        String poisoned = Names.of(jobs(1).get(0).relay());
        REDIS.command(Command.HSET, KEYS.jobs(CYCLE), poisoned, "poison");
        assertThat(claim(1)).isEmpty();
        List<CheckJob> many = jobs(1_202).subList(1, 1_202);
        buryAll(many);
        assertThat(await(letters.retryAll(REGION, AGAIN))).isEqualTo(1_201);
        assertThat(counts()).matches(c -> c.dead() == 1 && c.ready() == 1_201);
        assertThat(await(letters.newest(REGION, 10)))
                .extracting(DeadLetter::payload)
                .containsExactly("poison");
    }

    @Test
    void oneRelayThatDiedInTwoCyclesIsRetriedOnce() {
        buryAll(List.of(job("a.example")));
        buryAll(List.of(job("a.example", Priority.ONLINE, CYCLE.plusSeconds(900), REGION)));
        assertThat(await(letters.retryAll(REGION, AGAIN))).isEqualTo(2);
        assertThat(counts()).matches(c -> c.dead() == 0 && c.ready() == 1);
    }

    @Test
    void aLetterWhoseRelayHasEndedInThatCycleIsLeftAlone() {
        buryAll(List.of(job("a.example")));
        assertThat(await(letters.retryAll(REGION, CYCLE))).isZero();
        assertThat(counts().dead()).isEqualTo(1);
    }

    @Test
    void dropsSomeOrAll() {
        List<CheckJob> jobs = jobs(1_003);
        buryAll(jobs);
        assertThat(await(letters.drop(
                        REGION, List.of(jobs.get(0).id(), jobs.get(1).id(), "1 wss://no.example/"))))
                .isEqualTo(2);
        assertThat(await(letters.dropAll(REGION))).isEqualTo(1_001);
        assertThat(await(letters.dropAll(REGION))).isZero();
        assertThat(await(letters.newest(REGION, 10))).isEmpty();
    }

    @Test
    void keepsTheNewestTenThousand() {
        List<CheckJob> all = jobs(10_500);
        for (int i = 0; i < 21; i++) {
            buryAll(all.subList(500 * i, 500 * (i + 1)));
        }
        assertThat(counts().dead()).isEqualTo(10_000);
        assertThat(await(letters.newest(REGION, 20_000))).hasSize(10_000);
        assertThat(await(letters.retryAll(REGION, AGAIN))).isEqualTo(10_000);
    }
}
