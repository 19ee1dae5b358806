package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.relay.CheckJob;

/** How fast a queue is: plans many jobs of one region, then lets several workers claim and ack all of them. */
public final class QueueBenchmark {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final JobQueue queue;
    private final int workers;
    private final int batch;

    /**
     * @param workers how many claim at the same time
     * @param batch how many jobs each claims at once
     */
    public QueueBenchmark(JobQueue queue, int workers, int batch) {
        this.queue = queue;
        this.workers = workers;
        this.batch = batch;
    }

    /** @param done how many jobs were claimed and acked, all of those planned if the queue is sound */
    public record Result(int planned, int done, Duration planning, Duration working) {
        public double plansPerSecond() {
            return perSecond(planned, planning);
        }

        public double donePerSecond() {
            return perSecond(done, working);
        }

        private static double perSecond(int count, Duration duration) {
            return count * (double) TimeUnit.SECONDS.toNanos(1) / duration.toNanos();
        }
    }

    /** Fails as soon as one call fails. */
    public Future<Result> run(List<CheckJob> jobs) {
        String region = jobs.get(0).region();
        long start = System.nanoTime();
        return queue.plan(jobs).compose(planned -> {
            Duration planning = since(start);
            long working = System.nanoTime();
            return workAll(region).map(done -> new Result(planned, done, planning, since(working)));
        });
    }

    private Future<Integer> workAll(String region) {
        List<Future<Integer>> done = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            done.add(work(region, "bench-" + worker, 0));
        }
        return Future.all(done)
                .map(all -> done.stream().mapToInt(Future::result).sum());
    }

    private Future<Integer> work(String region, String owner, int before) {
        return queue.claim(new JobQueue.Claim(region, owner, batch, 0, LEASE, Pace.UNLIMITED))
                .compose(leases -> leases.isEmpty()
                        ? Future.succeededFuture(before)
                        : ackAll(leases).compose(acked -> work(region, owner, before + acked)));
    }

    private Future<Integer> ackAll(List<Lease> leases) {
        List<Future<Boolean>> acked = leases.stream().map(queue::ack).toList();
        return Future.all(acked)
                .map(all -> (int) acked.stream().filter(Future::result).count());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
