package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.REGION;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.testing.RealRedis;

/** A queue in a real Redis, empty before each test; its audit must be clean after it. */
abstract class QueueTests {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    static final Duration LONG = Duration.ofMinutes(1);
    static final Keys KEYS = new Keys(REGION);

    final JobQueue queue = new RedisJobQueue(REDIS.client());
    final QueueView view = new RedisQueueView(REDIS.client());
    final DeadLetters letters = new RedisDeadLetters(REDIS.client());

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(await(view.audit(REGION)).faults()).isEmpty();
    }

    List<Lease> claim(int most) {
        return claim(most, 0, Pace.UNLIMITED);
    }

    List<Lease> claim(int most, int onDemand, Pace pace) {
        return await(queue.claim(new Claim(REGION, "w1", most, onDemand, LONG, pace)));
    }

    /** Waits for jobs to be due. */
    List<Lease> claimWhenDue(Pace pace) {
        return until(() -> queue.claim(new Claim(REGION, "w1", 1, 0, LONG, pace)), leases -> !leases.isEmpty());
    }

    Lease planAndClaim(CheckJob job) {
        await(queue.plan(List.of(job)));
        return claim(1).get(0);
    }

    QueueCounts counts() {
        return await(view.counts(REGION));
    }

    JobStatus status(CheckJob job) {
        return await(view.status(REGION, job.cycle(), job.relay())).orElseThrow();
    }

    static CheckJob asked(String host, Instant cycle) {
        return Jobs.job(host, Priority.ON_DEMAND, cycle, REGION);
    }

    static List<String> hosts(List<Lease> leases) {
        return leases.stream().map(lease -> lease.job().relay().host()).collect(Collectors.toList());
    }

    /** As if so much time went by for all that wait to be claimed. */
    static void let(Duration pass) {
        String script = "for _, key in ipairs(KEYS) do local all = redis.call('ZRANGE', key, 0, -1) "
                + "for _, id in ipairs(all) do redis.call('ZINCRBY', key, -ARGV[1], id) end end return 1";
        REDIS.command(Command.EVAL, script, 2, KEYS.ready(), KEYS.asked(), pass.toMillis());
    }
}
