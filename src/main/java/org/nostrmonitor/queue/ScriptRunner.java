package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs scripts in Redis by their hash, and sends the text where Redis does not know it (yet, or any more). */
final class ScriptRunner {
    private final Redis redis;
    private final Watch watch;

    ScriptRunner(Redis redis) {
        this(redis, (script, took) -> {});
    }

    /** @param watch is told how long each answer took */
    ScriptRunner(Redis redis, Watch watch) {
        this.redis = redis;
        this.watch = watch;
    }

    /** Hears of each script that was run. */
    interface Watch {
        /** Called on whatever thread got the answer. */
        void ran(Script script, Duration took);
    }

    /** Completes with the reply; fails with {@link QueueUnavailable} when there is none in time, or an error. */
    Future<Response> run(Script script, Keys keys, List<String> args, Duration patience) {
        return run(script, keys, args, patience, late -> {});
    }

    /** The same; a reply that comes after the patience ended goes to {@code tooLate}. */
    Future<Response> run(Script script, Keys keys, List<String> args, Duration patience, Consumer<Response> tooLate) {
        long start = System.nanoTime();
        Future<Response> reply = byHash(script, keys, args)
                .onSuccess(answer -> watch.ran(script, Duration.ofNanos(System.nanoTime() - start)));
        Future<Response> inTime = reply.timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        reply.onComplete(late -> {
            if (late.succeeded() && inTime.failed()) {
                tooLate.accept(late.result());
            }
        });
        return inTime.recover(failure -> Future.failedFuture(unavailable(script, failure)));
    }

    private Future<Response> byHash(Script script, Keys keys, List<String> args) {
        return redis.send(request(Command.EVALSHA, script.sha(), keys, args))
                .recover(failure -> isUnknownScript(failure)
                        ? redis.send(request(Command.EVAL, script.text(), keys, args))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, Keys keys, List<String> args) {
        List<String> names = keys.all();
        Request request = Request.cmd(command).arg(script).arg(names.size());
        names.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
    }

    private static QueueUnavailable unavailable(Script script, Throwable failure) {
        return new QueueUnavailable("Redis did not " + script + ": " + failure.getMessage(), failure);
    }
}
