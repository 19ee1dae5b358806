package org.nostrmonitor.cache;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Heartbeats in Redis, by its clock. Futures fail if it does not answer within two seconds. */
public final class RedisWorkers implements Workers {
    private static final String BEATS = "monitor:{workers}:beats";
    private static final String WORKERS = "monitor:{workers}:workers";
    private static final int PATIENCE_MS = 2_000;

    private final Redis redis;
    private final String silenceMs;
    private final String beat = script("beat");
    private final String leave = script("leave");
    private final String seen = script("seen");

    /** Reads its scripts: not for an event loop. */
    public RedisWorkers(Redis redis) {
        this(redis, Duration.ofSeconds(30));
    }

    RedisWorkers(Redis redis, Duration silence) {
        this.redis = redis;
        this.silenceMs = String.valueOf(silence.toMillis());
    }

    @Override
    public Future<Void> beat(Worker worker) {
        return run(beat, worker.id(), WorkerJson.write(worker).encode(), silenceMs)
                .mapEmpty();
    }

    @Override
    public Future<Void> leave(String id) {
        return run(leave, id).mapEmpty();
    }

    @Override
    public Future<List<Worker>> seen() {
        return run(seen, silenceMs)
                .map(workers -> workers.stream()
                        .map(worker -> WorkerJson.read(new JsonObject(worker.toString())))
                        .sorted(Comparator.comparing(Worker::region).thenComparing(Worker::id))
                        .toList());
    }

    private Future<Response> run(String script, String... args) {
        Request request =
                Request.cmd(Command.EVAL).arg(script).arg(2).arg(BEATS).arg(WORKERS);
        for (String arg : args) {
            request.arg(arg);
        }
        return redis.send(request).timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    private static String script(String name) {
        try (InputStream in = RedisWorkers.class.getResourceAsStream("/cache/" + name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + ".lua is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
