package org.nostrmonitor;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.nostrmonitor.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a Redis whether it can keep the queue: one that forgets jobs when its memory is full would do so silently. */
final class RedisRequirements {
    private static final Logger log = LoggerFactory.getLogger(RedisRequirements.class);
    private static final long TIMEOUT_SECONDS = 5;

    private RedisRequirements() {}

    /**
     * Completes if it can; what an operator should know is logged. Fails with a {@link StartFailure} that names what to set,
     * or as the connection does if there is no answer within 5 s.
     *
     * @param at {@code host:port}
     */
    static Future<Void> check(Redis redis, String at) {
        Request settings = Request.cmd(Command.CONFIG, "GET", "maxmemory-policy", "appendonly", "save");
        return ask(redis, Request.cmd(Command.INFO), info -> RedisFacts.linesOf(info.toString()))
                .compose(info -> ask(redis, settings, RedisRequirements::pairs).map(told -> new RedisFacts(info, told)))
                .compose(facts -> judge(facts, at));
    }

    private static Future<Void> judge(RedisFacts facts, String at) {
        if (facts.refusal().isPresent()) {
            return Future.failedFuture(
                    new StartFailure("Redis at " + at + " " + facts.refusal().get()));
        }
        facts.warnings().forEach(warning -> log.warn("Redis at {} {}", at, warning));
        return Future.succeededFuture();
    }

    /** Nothing if the server answers that it will not tell. */
    private static Future<Map<String, String>> ask(
            Redis redis, Request request, Function<Response, Map<String, String>> read) {
        return redis.send(request)
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .map(answer -> answer == null ? Map.<String, String>of() : read.apply(answer))
                .recover(failure ->
                        isRefusal(failure) ? Future.succeededFuture(Map.of()) : Future.failedFuture(failure));
    }

    /** The client also makes an error answer of a connection that is gone. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Response
                && !String.valueOf(failure.getMessage()).startsWith("CONNECTION_CLOSED");
    }

    private static Map<String, String> pairs(Response answer) {
        Map<String, String> pairs = new HashMap<>();
        for (String name : answer.getKeys()) {
            pairs.put(name, String.valueOf(answer.get(name)));
        }
        return pairs;
    }
}
