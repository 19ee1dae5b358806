package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis says of itself: memory in use, and the time spent in scripts, those of all clients. */
final class ServerLoad {
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");

    private final Redis redis;

    ServerLoad(Redis redis) {
        this.redis = redis;
    }

    /** In bytes. */
    Future<Long> memory() {
        return info("memory", USED).map(found -> Long.parseLong(found.group(1)));
    }

    /** The mean time of a call while the work went on, µs; 0 if there was none. */
    Future<Double> microsPerScript(Supplier<Future<Void>> work) {
        return scripts()
                .compose(before -> work.get().compose(done -> scripts()).map(after -> {
                    long calls = after.calls() - before.calls();
                    return calls == 0 ? 0.0 : (after.micros() - before.micros()) / (double) calls;
                }));
    }

    private record Scripts(long calls, long micros) {}

    private Future<Scripts> scripts() {
        return info("commandstats", SCRIPTS)
                .map(found -> new Scripts(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))));
    }

    private Future<Matcher> info(String section, Pattern pattern) {
        return redis.send(Request.cmd(Command.INFO).arg(section)).compose(answer -> {
            Matcher matcher = pattern.matcher(String.valueOf(answer));
            return matcher.find()
                    ? Future.succeededFuture(matcher)
                    : Future.failedFuture(new QueueUnavailable("Redis does not say its " + section, null));
        });
    }
}
