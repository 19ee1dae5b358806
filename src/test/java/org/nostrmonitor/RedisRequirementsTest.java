package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.queue.RedisConnections;
import org.nostrmonitor.testing.CapturedLog;
import org.nostrmonitor.testing.RealRedis;

/** A real Redis with other settings than ours. An old one cannot be had, so what it tells is written here. */
class RedisRequirementsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @AfterEach
    void asItWas() {
        set("maxmemory-policy", "noeviction");
        set("appendonly", "yes");
        set("save", "");
    }

    @Test
    void acceptsTheEmbeddedOneWithoutAWord() {
        assertThat(linesOfCheck(REDIS.client())).isEmpty();
    }

    @Test
    void refusesOneThatForgetsJobsWhenItsMemoryIsFull() {
        set("maxmemory-policy", "allkeys-lru");

        assertThatThrownBy(() -> await(RedisRequirements.check(REDIS.client(), "db:6379")))
                .isInstanceOf(StartFailure.class)
                .hasMessage("Redis at db:6379 would forget jobs when its memory is full: its maxmemory-policy is"
                        + " allkeys-lru; set maxmemory-policy to noeviction");
    }

    @Test
    void warnsOfOneThatWritesNothingToDisk() {
        set("appendonly", "no");

        assertThat(linesOfCheck(REDIS.client()))
                .containsExactly(
                        "WARN Redis at db:6379 writes nothing to disk (appendonly is no, and save is empty): when"
                                + " it restarts, the cycle under way is planned again");
    }

    @Test
    void acceptsSnapshotsInsteadOfAnAppendOnlyFile() {
        set("appendonly", "no");
        set("save", "60 1000");

        assertThat(linesOfCheck(REDIS.client())).isEmpty();
    }

    @Test
    void goesByWhatInfoTellsWhereConfigIsNotPermitted() {
        Redis limited = user("limited", "+@all", "-config");

        assertThat(linesOfCheck(limited)).isEmpty();

        set("appendonly", "no");
        assertThat(linesOfCheck(limited))
                .singleElement()
                .asString()
                .contains("does not tell whether it writes to disk");

        set("maxmemory-policy", "volatile-ttl");
        assertThatThrownBy(() -> await(RedisRequirements.check(limited, "db:6379")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("volatile-ttl");
    }

    @Test
    void saysWhatItCouldNotLearn() {
        Redis silent = user("silent", "+@all", "-config", "-info");

        assertThat(linesOfCheck(silent))
                .hasSize(3)
                .anyMatch(line -> line.contains("does not tell its version"))
                .anyMatch(line -> line.contains("does not tell its maxmemory-policy (CONFIG is not permitted)"))
                .anyMatch(line -> line.contains("does not tell whether it writes to disk"));
    }

    @Test
    void refusesAVersionThatIsTooOld() {
        Map<String, String> info = RedisFacts.linesOf("# Server\r\nredis_version:6.2.14\r\nredis_mode:standalone\r\n");

        assertThat(new RedisFacts(info, Map.of()).refusal()).contains("is version 6.2.14; 7 or newer is needed");
        assertThat(new RedisFacts(Map.of("redis_version", "10.0.0"), Map.of()).refusal())
                .isEmpty();
    }

    private static List<String> linesOfCheck(Redis redis) {
        try (CapturedLog log = CapturedLog.of(RedisRequirements.class.getName())) {
            await(RedisRequirements.check(redis, "db:6379"));
            return log.lines();
        }
    }

    private static Redis user(String name, String... rules) {
        Object[] all = new Object[rules.length + 5];
        List<String> first = List.of("SETUSER", name, "on", ">secret", "~*");
        System.arraycopy(first.toArray(), 0, all, 0, 5);
        System.arraycopy(rules, 0, all, 5, rules.length);
        REDIS.command(Command.ACL, all);
        String uri = REDIS.server().uri().replaceFirst("//:[^@]*@", "//" + name + ":secret@");
        return RedisConnections.open(REDIS.vertx(), uri);
    }

    private static void set(String name, String value) {
        REDIS.command(Command.CONFIG, "SET", name, value);
    }
}
