package org.nostrmonitor.queue;

import static org.nostrmonitor.queue.Arguments.batches;
import static org.nostrmonitor.queue.Arguments.bounded;
import static org.nostrmonitor.queue.Arguments.concat;
import static org.nostrmonitor.queue.Arguments.millis;
import static org.nostrmonitor.queue.Arguments.proof;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

/** The queue in Redis 7 or newer. {@code docs/queue.md} draws a job's way; the scripts are in {@code resources/queue}. */
public final class RedisJobQueue implements JobQueue {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Jobs in one script call: Redis does nothing else while a script runs (about 5 ms for so many). */
    static final int BATCH = 500;

    private final ScriptRunner scripts;
    private final Plans plans;
    private final Claims claims;
    private final Map<String, Acks> acks = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param redis from {@link RedisConnections}; stays the caller's to close */
    public RedisJobQueue(Redis redis) {
        this(redis, PATIENCE);
    }

    RedisJobQueue(Redis redis, Duration patience) {
        this(new ScriptRunner(redis), patience);
    }

    RedisJobQueue(ScriptRunner scripts, Duration patience) {
        this.scripts = scripts;
        this.plans = new Plans(scripts, patience, BATCH);
        this.claims = new Claims(scripts, patience, BATCH);
        this.patience = patience;
    }

    @Override
    public Future<Integer> plan(List<CheckJob> jobs) {
        return plans.add(jobs);
    }

    @Override
    public Future<Void> seal(String region, Instant cycle) {
        return run(Script.SEAL, region, List.of(Names.of(cycle))).mapEmpty();
    }

    @Override
    public Future<Integer> drop(String region, Instant cycle) {
        return run(Script.DROP, region, List.of(Names.of(cycle), String.valueOf(BATCH)))
                .map(Response::toInteger)
                .compose(dropped -> dropped < BATCH
                        ? Future.succeededFuture(dropped)
                        : drop(region, cycle).map(more -> dropped + more));
    }

    @Override
    public Future<List<Lease>> claim(Claim claim) {
        return claims.take(claim);
    }

    @Override
    public Future<List<Lease>> renew(List<Lease> leases, Duration lease) {
        Future<List<Lease>> ours = Future.succeededFuture(List.of());
        Map<String, List<Lease>> byRegion = leases.stream()
                .collect(Collectors.groupingBy(held -> held.job().region(), TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<Lease>> region : byRegion.entrySet()) {
            for (List<Lease> batch : batches(region.getValue(), BATCH)) {
                ours = ours.compose(
                        before -> renewBatch(region.getKey(), batch, lease).map(now -> concat(before, now)));
            }
        }
        return ours;
    }

    private Future<List<Lease>> renewBatch(String region, List<Lease> leases, Duration lease) {
        List<String> args = new ArrayList<>();
        args.add(millis(lease));
        leases.forEach(held -> args.addAll(proof(held)));
        return run(Script.RENEW, region, args).map(ours -> {
            List<Lease> kept = new ArrayList<>();
            for (int i = 0; i < leases.size(); i++) {
                if (Replies.yes(ours.get(i))) {
                    kept.add(leases.get(i));
                }
            }
            return kept;
        });
    }

    @Override
    public Future<Boolean> ack(Lease lease) {
        return acks.computeIfAbsent(lease.job().region(), region -> new Acks(scripts, new Keys(region), patience))
                .ack(lease);
    }

    @Override
    public Future<Boolean> retry(Lease lease, Duration delay, String why) {
        return settle(Script.RETRY, lease, millis(delay), bounded(why));
    }

    @Override
    public Future<Boolean> defer(Lease lease, Duration delay, String why) {
        return settle(Script.DEFER, lease, millis(delay), bounded(why));
    }

    @Override
    public Future<Boolean> awaitTurn(Lease lease, Duration delay, String address) {
        return settle(
                Script.AWAIT_TURN, lease, millis(delay), "its turn to dial " + address + " has not come", address);
    }

    @Override
    public Future<Boolean> confirm(Lease lease, Duration delay, String why) {
        Duration moreUrgent = lease.job().priority().offset().minus(Priority.CONFIRMING.offset());
        String gain = moreUrgent.isNegative() ? "0" : millis(moreUrgent);
        return settle(Script.CONFIRM, lease, millis(delay), bounded(why), gain);
    }

    @Override
    public Future<Boolean> bury(Lease lease, String why) {
        return settle(Script.BURY, lease, bounded(why));
    }

    private Future<Boolean> settle(Script script, Lease lease, String... more) {
        return run(script, lease.job().region(), concat(proof(lease), List.of(more)))
                .map(Replies::yes);
    }

    @Override
    public Future<Integer> reap(String region, int maxAttempts) {
        List<String> args = List.of(String.valueOf(BATCH), String.valueOf(maxAttempts), "its worker was lost");
        return run(Script.REAP, region, args)
                .map(Response::toInteger)
                .compose(reaped -> reaped < BATCH
                        ? Future.succeededFuture(reaped)
                        : reap(region, maxAttempts).map(more -> reaped + more));
    }

    private Future<Response> run(Script script, String region, List<String> args) {
        return scripts.run(script, new Keys(region), args, patience);
    }
}
