package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.queue.Jobs.jobs;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.redis.client.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.testing.RealRedis;

class QueueBenchmarkTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final RedisJobQueue queue = new RedisJobQueue(REDIS.client());
    private final QueueView view = new RedisQueueView(REDIS.client());

    /** With {@code -Dbench.jobs=100000} it prints figures worth reading. */
    @Test
    void doesEveryJobOnce() {
        int count = Integer.getInteger("bench.jobs", 2_000);
        QueueBenchmark.Result result = await(new QueueBenchmark(queue, 4, 50).run(jobs(count)));
        assertThat(result.done()).isEqualTo(result.planned()).isEqualTo(count);
        if (count > 2_000) {
            System.out.printf(
                    "BENCH plans/s %.0f, claim+ack/s %.0f%n", result.plansPerSecond(), result.donePerSecond());
            System.out.println("BENCH " + REDIS.command(Command.INFO, "cpu"));
            System.out.println("BENCH done bytes/job " + bytesPerJob(count));
            REDIS.command(Command.FLUSHALL);
            await(queue.plan(jobs(count)));
            System.out.println("BENCH planned bytes/job " + bytesPerJob(count));
            await(queue.claim(new Claim(Jobs.REGION, "w1", count, 0, Duration.ofMinutes(1), Pace.UNLIMITED)));
            System.out.println("BENCH leased bytes/job " + bytesPerJob(count));
            long start = System.nanoTime();
            assertThat(await(view.audit(Jobs.REGION)).jobs()).isEqualTo(count);
            System.out.println("BENCH audit ms " + (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static long bytesPerJob(int count) {
        String memory = REDIS.command(Command.INFO, "memory").toString();
        long used = Long.parseLong(memory.replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
        return used / count;
    }
}
