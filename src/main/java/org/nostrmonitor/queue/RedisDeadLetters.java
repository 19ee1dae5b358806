package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The dead letters in Redis. */
public final class RedisDeadLetters implements DeadLetters {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScriptRunner scripts;

    /** @param redis from {@link RedisConnections}; stays the caller's to close */
    public RedisDeadLetters(Redis redis) {
        this.scripts = new ScriptRunner(redis);
    }

    @Override
    public Future<List<DeadLetter>> newest(String region, int most) {
        return scripts.run(Script.LETTERS, new Keys(region), List.of(String.valueOf(most)), PATIENCE)
                .map(reply -> reply.stream().map(Replies::deadLetter).toList());
    }

    @Override
    public Future<Integer> retry(String region, Collection<String> ids, Instant cycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> retryAll(String region, Instant cycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> drop(String region, Collection<String> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> dropAll(String region) {
        throw new UnsupportedOperationException();
    }
}
