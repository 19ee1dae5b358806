package org.nostrmonitor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.testing.RealRedis;

class RedisRecentResultsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final Instant CYCLE = Instant.parse("2026-01-02T03:00:00Z");

    private final RedisRecentResults results = new RedisRecentResults(REDIS.client());

    private static CheckReport online(String host) {
        Phases phases = Phases.NONE
                .with(Stage.TCP, Duration.ofMillis(20))
                .with(Stage.TLS, Duration.ofMillis(30))
                .with(Stage.UPGRADE, Duration.ofMillis(40))
                .with(Stage.READ, Duration.ofMillis(50));
        return report(host, phases, new Outcome.Passed(""), new Outcome.Passed("EOSE"));
    }

    private static CheckReport refused(String host) {
        Outcome failed = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");
        return report(host, Phases.NONE, failed, failed);
    }

    private static CheckReport report(String host, Phases phases, Outcome open, Outcome read) {
        Outcome passed = new Outcome.Passed("");
        return OneLook.report(
                RelayUrl.of("wss://" + host),
                "here",
                CYCLE,
                CYCLE.plusSeconds(1),
                "192.0.2.1",
                phases,
                open,
                read,
                passed,
                passed,
                "{}",
                Map.of(),
                Duration.ofMillis(1));
    }

    @Test
    void tellsTheNewestOfARelayInARegion() {
        await(results.add(refused("a.example"), RelayState.OFFLINE));
        await(results.add(online("a.example"), RelayState.DEGRADED));
        assertThat(await(results.of("wss://a.example/", "here")))
                .isEqualTo(new JsonObject()
                        .put("relay", "wss://a.example/")
                        .put("network", "clearnet")
                        .put("region", "here")
                        .put("cycle", "2026-01-02T03:00:00Z")
                        .put("checkedAt", "2026-01-02T03:00:01Z")
                        .put("state", "degraded")
                        .put("rttMs", new JsonObject().put("open", 90.0).put("read", 50.0)));
        assertThat(await(results.of("wss://a.example/", "elsewhere"))).isNull();
    }

    @Test
    void tellsWhyARelayIsOffline() {
        await(results.add(refused("a.example"), RelayState.OFFLINE));
        JsonObject result = await(results.of("wss://a.example/", "here"));
        assertThat(result).isNotNull();
        assertThat(result.getString("stage")).isEqualTo("tcp");
        assertThat(result.getString("reason")).isEqualTo("tcp_refused");
    }

    @Test
    void listsTheNewestFirstAndKeepsTwoHundred() {
        for (int i = 0; i < 210; i++) {
            await(results.add(online("relay-" + i + ".example"), RelayState.ONLINE));
        }
        assertThat(await(results.newest(1_000)))
                .hasSize(200)
                .first()
                .matches(newest -> newest.getString("relay").equals("wss://relay-209.example/"));
        assertThat(await(results.newest(3))).hasSize(3);
        assertThat(await(results.newest(0))).isEmpty();
    }

    @Test
    void forgetsInTime() {
        await(results.add(online("a.example"), RelayState.ONLINE));
        await(results.putFigures("overview", new JsonObject()));
        assertThat(REDIS.command(Command.TTL, "monitor:result:here:wss://a.example/")
                        .toLong())
                .isBetween(3_500L, 3_600L);
        assertThat(REDIS.command(Command.TTL, "monitor:figures:overview").toLong())
                .isBetween(50L, 60L);
    }

    @Test
    void keepsFiguresUnderTheirNames() {
        await(results.putFigures("overview", new JsonObject().put("online", 5)));
        assertThat(await(results.figures("overview"))).isEqualTo(new JsonObject().put("online", 5));
        assertThat(await(results.figures("nothing"))).isNull();
    }
}
