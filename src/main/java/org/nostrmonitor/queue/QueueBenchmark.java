package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nostrmonitor.queue.BenchmarkResult.ScriptTimes;
import org.nostrmonitor.relay.CheckJob;

/**
 * How fast the queue in a Redis is, and how large. Uses a region of its own and leaves nothing behind; what else that Redis
 * does meanwhile is in the figures.
 *
 * <p>After a warm-up there are two rounds. In the first, all jobs are planned, then all claimed, then all acked: so the memory
 * of each state and the time of each script in Redis can be told. In the second, workers claim and ack by turns.
 */
public final class QueueBenchmark {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Instant FIRST_CYCLE = Instant.ofEpochSecond(1_700_000_100);
    private static final int WARM_UP_JOBS = 20_000;

    private final Redis redis;
    private final String region;
    private final int workers;
    private final int batch;
    private final ClientTimes times = new ClientTimes();
    private final JobQueue queue;
    private final ServerLoad load;

    /**
     * @param redis from {@link RedisConnections}; stays the caller's to close
     * @param region one that nobody else uses
     * @param workers how many plan, claim and ack at the same time
     * @param batch how many jobs each claims at once
     */
    public QueueBenchmark(Redis redis, String region, int workers, int batch) {
        this.redis = redis;
        this.region = region;
        this.workers = workers;
        this.batch = batch;
        this.queue = new RedisJobQueue(new ScriptRunner(redis, times), PATIENCE);
        this.load = new ServerLoad(redis);
    }

    /**
     * Completes when all is measured and removed. Makes all the jobs before it returns, so it is not called on an event loop.
     *
     * @param count jobs in each round, at least 1
     */
    public Future<BenchmarkResult> run(int count) {
        List<CheckJob> warmUp = BenchmarkJobs.of(region, cycle(0), Math.min(count, WARM_UP_JOBS));
        List<CheckJob> first = BenchmarkJobs.of(region, cycle(1), count);
        List<CheckJob> second = BenchmarkJobs.of(region, cycle(2), count);
        return planAndWork(warmUp)
                .compose(warm -> oneStateAfterTheOther(first))
                .compose(told -> planAndWork(second).map(perSecond -> told.result(perSecond, times)))
                .eventually(this::removeAll);
    }

    /** What the first round tells. */
    private record FirstRound(
            int jobs, double plansPerSecond, List<Long> bytes, Map<Script, Double> server, ClientTimes planning) {
        BenchmarkResult result(double donePerSecond, ClientTimes working) {
            List<ScriptTimes> scripts = new ArrayList<>();
            scripts.add(planning.of(Script.PLAN, server));
            scripts.add(working.of(Script.CLAIM, server));
            scripts.add(working.of(Script.ACK, server));
            return new BenchmarkResult(
                    jobs, plansPerSecond, donePerSecond, bytes.get(0), bytes.get(1), bytes.get(2), scripts);
        }
    }

    private Future<FirstRound> oneStateAfterTheOther(List<CheckJob> jobs) {
        int count = jobs.size();
        Deque<List<Lease>> claimed = new ConcurrentLinkedDeque<>();
        List<Long> bytes = new ArrayList<>();
        Map<Script, Double> server = new EnumMap<>(Script.class);
        times.forget();
        return load.memory()
                .compose(before -> perSecond(count, measured(Script.PLAN, server, () -> plan(jobs)))
                        .compose(plansPerSecond -> {
                            ClientTimes planning = times.copy();
                            Supplier<Future<Void>> remember = () -> load.memory()
                                    .map(now -> bytes.add((now - before) / count))
                                    .mapEmpty();
                            return remember.get()
                                    .compose(done -> measured(Script.CLAIM, server, () -> claimAll(claimed))
                                            .get())
                                    .compose(done -> remember.get())
                                    .compose(done -> measured(Script.ACK, server, () -> ackAll(claimed))
                                            .get())
                                    .compose(done -> remember.get())
                                    .map(done -> new FirstRound(count, plansPerSecond, bytes, server, planning));
                        }));
    }

    /** Completes with jobs a second of claim and ack. */
    private Future<Double> planAndWork(List<CheckJob> jobs) {
        return plan(jobs).compose(planned -> {
            times.forget();
            return perSecond(jobs.size(), () -> atOnce(this::work));
        });
    }

    private static Instant cycle(int round) {
        return FIRST_CYCLE.plusSeconds(round);
    }

    private Future<Void> plan(List<CheckJob> jobs) {
        Deque<List<CheckJob>> batches = new ConcurrentLinkedDeque<>(Arguments.batches(jobs, RedisJobQueue.BATCH));
        return atOnce(worker -> planFrom(batches));
    }

    private Future<Void> planFrom(Deque<List<CheckJob>> batches) {
        List<CheckJob> next = batches.poll();
        return next == null ? Future.succeededFuture() : queue.plan(next).compose(planned -> planFrom(batches));
    }

    private Future<Void> claimAll(Deque<List<Lease>> claimed) {
        return atOnce(worker -> claimInto(claimed, worker));
    }

    private Future<Void> claimInto(Deque<List<Lease>> claimed, String worker) {
        return claim(worker).compose(leases -> {
            claimed.add(leases);
            return leases.isEmpty() ? Future.succeededFuture() : claimInto(claimed, worker);
        });
    }

    private Future<Void> ackAll(Deque<List<Lease>> claimed) {
        return atOnce(worker -> ackFrom(claimed));
    }

    private Future<Void> ackFrom(Deque<List<Lease>> claimed) {
        List<Lease> next = claimed.poll();
        return next == null ? Future.succeededFuture() : ack(next).compose(acked -> ackFrom(claimed));
    }

    private Future<Void> work(String worker) {
        return claim(worker)
                .compose(leases -> leases.isEmpty()
                        ? Future.succeededFuture()
                        : ack(leases).compose(acked -> work(worker)));
    }

    private Future<List<Lease>> claim(String worker) {
        return queue.claim(new JobQueue.Claim(region, worker, batch, 0, LEASE, Pace.UNLIMITED));
    }

    private Future<Void> ack(List<Lease> leases) {
        List<Future<Boolean>> acked = leases.stream().map(queue::ack).toList();
        return Future.all(acked)
                .compose(all -> acked.stream().allMatch(Future::result)
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new IllegalStateException("an ack was refused: a lease ran out, or was lost")));
    }

    private interface Work {
        Future<Void> of(String worker);
    }

    private Future<Void> atOnce(Work work) {
        List<Future<Void>> all = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            all.add(work.of("bench-" + worker));
        }
        return Future.all(all).mapEmpty();
    }

    private Supplier<Future<Void>> measured(Script script, Map<Script, Double> server, Supplier<Future<Void>> work) {
        return () -> load.microsPerScript(work)
                .map(micros -> server.put(script, micros))
                .mapEmpty();
    }

    private static Future<Double> perSecond(int count, Supplier<Future<Void>> work) {
        long start = System.nanoTime();
        return work.get().map(done -> count * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start));
    }

    private Future<Void> removeAll() {
        Future<Integer> dropped = Future.succeededFuture(0);
        for (int round = 0; round < 3; round++) {
            Instant cycle = cycle(round);
            dropped = dropped.compose(before -> queue.drop(region, cycle));
        }
        Request delete = Request.cmd(Command.UNLINK);
        new Keys(region).all().forEach(delete::arg);
        return dropped.compose(done -> redis.send(delete)).mapEmpty();
    }
}
