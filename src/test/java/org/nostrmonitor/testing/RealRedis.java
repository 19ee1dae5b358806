package org.nostrmonitor.testing;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.queue.RedisConnections;

/**
 * A real Redis for a test class, empty before each test, with a Vert.x and a client to reach it.
 *
 * <pre>{@code @RegisterExtension static final RealRedis REDIS = new RealRedis();}</pre>
 */
public final class RealRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private @Nullable Path directory;
    private @Nullable EmbeddedRedis server;
    private @Nullable Vertx vertx;
    private @Nullable Redis client;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("nostr-monitor-redis");
        server = EmbeddedRedis.start(directory);
        vertx = Vertx.vertx();
        client = RedisConnections.open(vertx, server.uri());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        command(Command.FLUSHALL);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Await.await(client().close());
        Await.await(vertx().close());
        server().stop();
        try (Stream<Path> files = Files.walk(started(directory))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** To stop and start it, or to learn its URI and process id. */
    public EmbeddedRedis server() {
        return started(server);
    }

    public Vertx vertx() {
        return started(vertx);
    }

    /** Shared by the tests of the class. */
    public Redis client() {
        return started(client);
    }

    /** Sends one command and waits for its answer, which must not be nil: to arrange, break and look. */
    public Response command(Command command, Object... args) {
        return Objects.requireNonNull(Await.await(client().send(Request.cmd(command, args))), "Redis answered nil");
    }

    /** Suspends the process: it keeps its connections and answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        List<String> command = List.of("kill", "-" + signal, String.valueOf(server().pid()));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("could not send SIG" + signal + " to Redis");
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("Redis is started by JUnit: register it with @RegisterExtension");
        }
        return part;
    }
}
