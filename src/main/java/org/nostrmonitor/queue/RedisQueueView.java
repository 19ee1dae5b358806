package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.relay.RelayUrl;

/** A look at the queue in Redis. */
public final class RedisQueueView implements QueueView {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_FOR_AUDIT = Duration.ofSeconds(30);

    private static final int MOST_JOBS = 20;

    private final ScriptRunner scripts;

    /** @param redis from {@link RedisConnections}; stays the caller's to close */
    public RedisQueueView(Redis redis) {
        this.scripts = new ScriptRunner(redis);
    }

    @Override
    public Future<CycleProgress> progress(String region, Instant cycle) {
        return run(Script.PROGRESS, region, List.of(Names.of(cycle))).map(Replies::progress);
    }

    @Override
    public Future<QueueCounts> counts(String region) {
        return run(Script.COUNTS, region, List.of()).map(Replies::counts);
    }

    @Override
    public Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay) {
        return run(Script.STATUS, region, List.of(Names.of(relay), Names.of(cycle)))
                .map(reply -> Replies.statuses(region, reply).stream().findFirst());
    }

    @Override
    public Future<List<JobStatus>> jobs(String region, RelayUrl relay) {
        return run(Script.STATUS, region, List.of(Names.of(relay)))
                .map(reply -> Replies.statuses(region, reply).stream()
                        .sorted(Comparator.comparing(JobStatus::cycle).reversed())
                        .limit(MOST_JOBS)
                        .toList());
    }

    @Override
    public Future<Audit> audit(String region) {
        return scripts.run(Script.AUDIT, new Keys(region), List.of(), PATIENCE_FOR_AUDIT)
                .map(Replies::audit);
    }

    private Future<Response> run(Script script, String region, List<String> args) {
        return scripts.run(script, new Keys(region), args, PATIENCE);
    }
}
