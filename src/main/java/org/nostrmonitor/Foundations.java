package org.nostrmonitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.embedded.DataDirectoryLock;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.embedded.EmbeddedServer;
import org.nostrmonitor.embedded.Supervisor;
import org.nostrmonitor.queue.RedisConnections;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Migrations;

/**
 * What a node stands on: PostgreSQL and Redis, embedded or shared, migrated and reached. Laid from the ground up, taken up
 * in the opposite order.
 */
final class Foundations {
    private static final long REDIS_PATIENCE_SECONDS = 5;
    /** As many questions of clients of our own relay are answered at a time. */
    private static final int READING_CONNECTIONS = 4;

    private static final Duration ASK_EVERY = Duration.ofSeconds(5);
    private static final Duration ASK_PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final MeterRegistry meters;
    private final Layers layers;
    private @Nullable Database database;
    private @Nullable Database reader;
    private @Nullable Redis redis;
    private String postgresAt = "";
    private String redisAt = "";

    private Foundations(Vertx vertx, MeterRegistry meters) {
        this.vertx = vertx;
        this.meters = meters;
        this.layers = new Layers(vertx);
    }

    /** Completes when both databases answer. Fails with a {@link StartFailure}, having closed what it had opened. */
    static Future<Foundations> lay(Vertx vertx, MonitorConfig config, MeterRegistry meters) {
        Foundations foundations = new Foundations(vertx, meters);
        return foundations
                .lockDataDirectory(config)
                .compose(done -> foundations.postgresUri(config))
                .compose(foundations::openDatabase)
                .compose(done -> foundations.redisUri(config))
                .compose(foundations::openRedis)
                .onSuccess(done -> foundations.watchAnswers())
                .map(foundations)
                .recover(fault -> foundations.close().transform(closed -> Future.failedFuture(asStartFailure(fault))));
    }

    /** Only what is embedded needs the directory for itself; nodes over shared databases may share a directory. */
    private Future<Void> lockDataDirectory(MonitorConfig config) {
        if (config.postgres() != null && config.redis() != null) {
            return Future.succeededFuture();
        }
        return blocking(() -> DataDirectoryLock.take(config.dataDirectory()))
                .onSuccess(lock -> layers.pushBlocking(lock::close))
                .mapEmpty();
    }

    private Future<String> postgresUri(MonitorConfig config) {
        MonitorConfig.Postgres shared = config.postgres();
        if (shared != null) {
            return Future.succeededFuture(shared.uri());
        }
        return blocking(() -> EmbeddedPostgres.start(config.dataDirectory()))
                .onSuccess(this::supervise)
                .map(EmbeddedPostgres::uri);
    }

    private Future<Void> openDatabase(String uri) {
        postgresAt = address(uri);
        return blocking(() -> {
                    Migrations.run(uri);
                    return Database.connect(vertx, uri, Database.DEFAULT_SIZE);
                })
                .compose(opened -> {
                    database = opened;
                    layers.push(opened::close);
                    Database reading = Database.forReading(vertx, uri, READING_CONNECTIONS);
                    reader = reading;
                    layers.push(reading::close);
                    return opened.ping();
                });
    }

    private Future<String> redisUri(MonitorConfig config) {
        MonitorConfig.Redis shared = config.redis();
        if (shared != null) {
            return Future.succeededFuture(shared.uri());
        }
        return blocking(() -> EmbeddedRedis.start(config.dataDirectory()))
                .onSuccess(this::supervise)
                .map(EmbeddedRedis::uri);
    }

    private void supervise(EmbeddedServer server) {
        layers.pushBlocking(Supervisor.of(server, meters)::stop);
    }

    private Future<Void> openRedis(String uri) {
        redisAt = address(uri);
        Redis opened = RedisConnections.open(vertx, uri);
        redis = opened;
        layers.push(opened::close);
        return ping(opened)
                .compose(answers -> RedisRequirements.check(opened, redisAt))
                .recover(fault -> Future.failedFuture(redisFailure(fault)));
    }

    private StartFailure redisFailure(Throwable fault) {
        return fault instanceof StartFailure failure
                ? failure
                : new StartFailure("Redis at " + redisAt + " does not answer: " + fault.getMessage(), fault);
    }

    private void watchAnswers() {
        watchAnswers("PostgreSQL at " + postgresAt, database()::ping);
        watchAnswers("Redis at " + redisAt, this::pingRedis);
    }

    private void watchAnswers(String what, Supplier<Future<Void>> ping) {
        AnswerWatch watch = new AnswerWatch(vertx, what, ping, ASK_EVERY, ASK_PATIENCE);
        watch.start();
        layers.push(() -> {
            watch.stop();
            return Future.succeededFuture();
        });
    }

    private static Future<Void> ping(Redis redis) {
        return redis.send(Request.cmd(Command.PING))
                .timeout(REDIS_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .mapEmpty();
    }

    Database database() {
        return opened(database);
    }

    /** For what strangers ask. */
    Database reader() {
        return opened(reader);
    }

    Redis redis() {
        return opened(redis);
    }

    /** {@code host:port}, without user and password. */
    String postgresAt() {
        return postgresAt;
    }

    /** {@code host:port}, without user and password. */
    String redisAt() {
        return redisAt;
    }

    Future<Void> pingRedis() {
        return ping(redis());
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the foundations are not laid");
        }
        return part;
    }

    /** Closes everything, the last opened first; what cannot be closed is logged. */
    Future<Void> close() {
        return layers.close();
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    private static StartFailure asStartFailure(Throwable fault) {
        return fault instanceof StartFailure failure
                ? failure
                : new StartFailure(String.valueOf(fault.getMessage()), fault);
    }

    private static String address(String uri) {
        URI parsed = URI.create(uri);
        return parsed.getHost() + ":" + parsed.getPort();
    }
}
