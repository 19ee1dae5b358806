package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.until;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.testing.Await;
import org.nostrmonitor.testing.RealRedis;
import org.slf4j.LoggerFactory;

class RedisConnectionsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        ROOT.detachAppender(log);
    }

    private static Future<Boolean> ping() {
        return REDIS.client().send(Request.cmd(Command.PING)).map(true).otherwise(false);
    }

    private static List<Boolean> manyPings() {
        List<Future<Boolean>> pings =
                IntStream.range(0, 40).mapToObj(i -> ping()).toList();
        Await.await(Future.all(pings));
        return pings.stream().map(Future::result).toList();
    }

    /** With commands unread in its sockets, a process that is killed resets them. */
    private static void kill() throws Exception {
        REDIS.freeze();
        List<Future<Boolean>> unread =
                IntStream.range(0, 8).mapToObj(i -> ping()).toList();
        ProcessHandle redis = ProcessHandle.of(REDIS.server().pid()).orElseThrow();
        redis.destroyForcibly();
        redis.onExit().get(10, TimeUnit.SECONDS);
        Await.await(Future.all(unread));
    }

    @Test
    void saysThatRedisWasLostInOneLineAndConnectsAgain() throws Exception {
        for (int crash = 0; crash < 3; crash++) {
            assertThat(manyPings()).containsOnly(true);
            kill();
            assertThat(manyPings()).containsOnly(false);
            REDIS.server().restart();
            until(RedisConnectionsTest::ping, answered -> answered);
        }
        List<ILoggingEvent> told = List.copyOf(log.list);
        assertThat(told).filteredOn(event -> event.getLevel() == Level.ERROR).isEmpty();
        assertThat(told).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
        assertThat(told).filteredOn(event -> event.getLevel() == Level.WARN).hasSize(3);
    }
}
