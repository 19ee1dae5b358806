package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.queue.Jobs.CYCLE;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.queue.Jobs.job;
import static org.nostrmonitor.queue.Jobs.jobs;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.testing.RealRedis;

/** The contract, and what is particular to Redis. */
class RedisJobQueueTest extends JobQueueContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final Keys KEYS = new Keys(REGION);
    private static final Duration LONG = Duration.ofMinutes(1);

    private RedisJobQueue queue = new RedisJobQueue(REDIS.client());
    private final QueueView view = new RedisQueueView(REDIS.client());
    private final DeadLetters letters = new RedisDeadLetters(REDIS.client());

    @Override
    JobQueue queue() {
        return queue;
    }

    @Override
    QueueView view() {
        return view;
    }

    @Override
    DeadLetters letters() {
        return letters;
    }

    private List<Lease> claim(int most) {
        return await(queue.claim(new Claim(REGION, "w1", most, 0, LONG, Pace.UNLIMITED)));
    }

    @Test
    void loadsItsScriptsAgainWhenRedisForgotThem() {
        await(queue.plan(jobs(1)));
        REDIS.command(Command.SCRIPT, "FLUSH");
        assertThat(await(queue.claim(new Claim(REGION, "w1", 1, 0, LONG, Pace.UNLIMITED))))
                .hasSize(1);
    }

    @Test
    void fencesRiseEvenIfRedisLostAllItsData() {
        await(queue.plan(jobs(1)));
        Lease before = claim(1).get(0);
        REDIS.command(Command.FLUSHALL);
        await(queue.plan(jobs(1)));
        Lease after = claim(1).get(0);
        assertThat(after.fence()).isGreaterThan(before.fence());
        assertThat(await(queue.ack(before))).isFalse();
        assertThat(await(queue.ack(after))).isTrue();
    }

    @Test
    void buriesWhatIsNotAJobWithItsText() {
        await(queue.plan(jobs(2)));
        String poisoned = Names.of(jobs(2).get(0).relay());
        REDIS.command(Command.HSET, KEYS.jobs(CYCLE), poisoned, "{\"type\": \"poison\"}");
        assertThat(await(queue.claim(new Claim(REGION, "w1", 10, 0, LONG, Pace.UNLIMITED))))
                .extracting(Lease::job)
                .containsExactly(jobs(2).get(1));
        DeadLetter letter = await(letters.newest(REGION, 1)).get(0);
        assertThat(letter.payload()).isEqualTo("{\"type\": \"poison\"}");
        assertThat(letter.job()).isNull();
        assertThat(letter.why()).contains("not a packed job");
    }

    @Test
    void buriesAJobWhoseTermsAreGoneOrCannotBeRead() {
        await(queue.plan(jobs(1)));
        REDIS.command(Command.DEL, KEYS.terms(CYCLE));
        assertThat(claim(10)).isEmpty();
        DeadLetter letter = await(letters.newest(REGION, 1)).get(0);
        assertThat(letter.why()).contains("terms are gone");
        assertThat(letter.job()).isNull();

        CheckJob other = job("b.example");
        await(queue.plan(List.of(other)));
        REDIS.command(Command.HSET, KEYS.terms(CYCLE), "0", "nonsense}");
        assertThat(claim(10)).isEmpty();
        assertThat(await(letters.newest(REGION, 1)).get(0).why()).contains("not terms of a job");
    }

    @Test
    void buriesWhatIsNotARelay() {
        await(queue.plan(jobs(1)));
        REDIS.command(Command.HSET, KEYS.jobs(CYCLE), "http://x", "0o");
        REDIS.command(Command.ZADD, KEYS.ready(), 1, Names.of(CYCLE) + " http://x");
        assertThat(claim(10)).hasSize(1);
        assertThat(await(letters.newest(REGION, 1)).get(0).why()).contains("http://x");
    }

    @Test
    void auditFindsAJobThatIsNowhere() {
        await(queue.plan(jobs(2)));
        String id = jobs(2).get(0).id();
        REDIS.command(Command.ZREM, KEYS.ready(), Names.ofId(id));
        assertThat(await(view.audit(REGION)).faults()).containsExactly(id + ": a job that is nowhere");
        REDIS.command(Command.ZADD, KEYS.ready(), 1, Names.ofId(id));
    }

    @Test
    void auditFindsAJobInTwoPlaces() {
        await(queue.plan(jobs(1)));
        String id = jobs(1).get(0).id();
        REDIS.command(Command.ZADD, KEYS.leased(), 1, Names.ofId(id));
        assertThat(await(view.audit(REGION)).faults())
                .anyMatch(fault -> fault.contains("leased") && fault.contains("ready"));
        REDIS.command(Command.ZREM, KEYS.leased(), Names.ofId(id));
    }

    @Test
    void auditFindsALeaseWithoutAnOwnerAndAPlaceWithoutAJob() {
        await(queue.plan(jobs(1)));
        Lease lease = await(queue.claim(new Claim(REGION, "w1", 1, 0, LONG, Pace.UNLIMITED)))
                .get(0);
        REDIS.command(Command.HDEL, KEYS.notes(), Names.of(lease.job()));
        REDIS.command(Command.ZADD, KEYS.delayed(), 1, "1 ghost.example");
        assertThat(await(view.audit(REGION)).faults())
                .contains(
                        lease.job().id() + ": a lease without an owner", "1 wss://ghost.example/: delayed but no job");
        await(queue.drop(REGION, CYCLE));
        REDIS.command(Command.ZREM, KEYS.delayed(), "1 ghost.example");
    }

    @Test
    void leavesNothingForEverOfACycleThatIsDone() {
        await(queue.plan(jobs(3)));
        await(queue.seal(REGION, CYCLE));
        await(queue.claim(new Claim(REGION, "w1", 3, 0, LONG, Pace.UNLIMITED)))
                .forEach(lease -> await(queue.ack(lease)));
        assertThat(REDIS.command(Command.KEYS, "*").stream().map(Response::toString))
                .filteredOn(key -> REDIS.command(Command.PTTL, key).toLong() < 0)
                .containsExactly(KEYS.fence());
    }

    @Test
    void keepsEverythingWhenRedisRestarts() throws Exception {
        await(queue.plan(jobs(10)));
        Lease lease = await(queue.claim(new Claim(REGION, "w1", 1, 0, LONG, Pace.UNLIMITED)))
                .get(0);
        REDIS.server().restart();
        until(() -> view.counts(REGION).map(true).otherwise(false), reachable -> reachable);
        assertThat(await(view.counts(REGION))).isEqualTo(new QueueCounts(9, 0, 0, 0, 1, 0, Duration.ZERO));
        assertThat(await(queue.ack(lease))).isTrue();
    }

    @Test
    void failsAsUnavailableWhileRedisIsDown() throws Exception {
        REDIS.server().stop();
        try {
            assertThatThrownBy(() -> await(queue.claim(new Claim(REGION, "w1", 1, 0, LONG, Pace.UNLIMITED))))
                    .isInstanceOf(QueueUnavailable.class);
        } finally {
            REDIS.server().restart();
        }
        until(() -> view.counts(REGION).map(true).otherwise(false), reachable -> reachable);
    }

    @Test
    void failsAsUnavailableWhenRedisIsSilentAndHandsBackWhatCameTooLate() throws Exception {
        RedisJobQueue hasty = new RedisJobQueue(REDIS.client(), Duration.ofMillis(100));
        await(queue.plan(jobs(5)));
        REDIS.freeze();
        try {
            Future<List<Lease>> claimed = hasty.claim(new Claim(REGION, "hasty", 5, 0, LONG, Pace.UNLIMITED));
            assertThatThrownBy(() -> await(claimed)).isInstanceOf(QueueUnavailable.class);
        } finally {
            REDIS.thaw();
        }
        List<Lease> again = until(
                () -> queue.claim(new Claim(REGION, "w1", 5, 0, LONG, Pace.UNLIMITED)), leases -> !leases.isEmpty());
        assertThat(again.get(0).job().attempt()).isEqualTo(1);
        assertThat(again.get(0).owner()).isEqualTo("w1");
    }

    @Test
    void failsAsUnavailableWhenRedisAnswersWithAnError() {
        REDIS.command(Command.SET, KEYS.ready(), "not a sorted set");
        assertThatThrownBy(() -> await(view.counts(REGION)))
                .isInstanceOf(QueueUnavailable.class)
                .hasMessageContaining("WRONGTYPE");
        REDIS.command(Command.DEL, KEYS.ready());
    }
}
