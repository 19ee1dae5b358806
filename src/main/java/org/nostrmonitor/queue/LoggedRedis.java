package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that says in one line when Redis goes away, and in another when it is back. Vert.x's own logs each connection that
 * is lost as an unhandled error, with a stack trace: connections of its pool have no other exception handler.
 */
final class LoggedRedis implements Redis {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedRedis.class);

    private final Redis redis;
    private final AtomicBoolean away = new AtomicBoolean();

    LoggedRedis(Redis redis) {
        this.redis = redis;
    }

    /** The handler stays with the connection when it goes back to the pool, and hears of its end there as well. */
    @Override
    public Future<RedisConnection> connect() {
        return redis.connect().map(connection -> connection.exceptionHandler(this::lost));
    }

    @Override
    public Future<Response> send(Request request) {
        return connect()
                .compose(connection -> connection.send(request).eventually(connection::close))
                .onSuccess(answer -> answered());
    }

    @Override
    public Future<List<Response>> batch(List<Request> requests) {
        return connect()
                .compose(connection -> connection.batch(requests).eventually(connection::close))
                .onSuccess(answers -> answered());
    }

    @Override
    public Future<Void> close() {
        return redis.close();
    }

    private void lost(Throwable why) {
        if (away.compareAndSet(false, true)) {
            String message = why.getMessage();
            LOG.warn("A connection to Redis was lost: {}", message == null ? "it was closed" : message);
        }
    }

    private void answered() {
        if (away.get() && away.compareAndSet(true, false)) {
            LOG.info("Redis answers again");
        }
    }
}
