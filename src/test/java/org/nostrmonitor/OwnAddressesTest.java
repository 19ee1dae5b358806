package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.redis.client.Command;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.config.ConfigLoader;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.InvalidConfig;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealPostgres;
import org.nostrmonitor.testing.RealRedis;

class OwnAddressesTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final ProbeSettings EVERYTHING_IS_OPEN = ProbeSettings.of(
            new MonitorConfig.Network(List.of("0.0.0.0/0", "::/0"), List.of(), List.of(), Map.of()),
            MonitorConfig.DEFAULT.geo());

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger visitors = new AtomicInteger();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    @DisplayName("our own API, Redis, PostgreSQL")
    void noProbeGoesToThisMonitorAndItsDatabasesWhateverIsOpened() throws InvalidConfig {
        int pages = listen("0.0.0.0");
        int bus = listen("127.0.0.1");
        int redis = URI.create(REDIS.server().uri()).getPort();
        int postgres = URI.create(POSTGRES.uri()).getPort();
        Set<InetSocketAddress> own = OwnAddresses.of(
                new ConfigLoader(Map.of("NOSTR_MONITOR_HTTP_HOST", "0.0.0.0")).load(null, Flags.NONE),
                pages,
                "localhost:" + postgres,
                "127.0.0.1:" + redis,
                new NodeInfo("127.0.0.1", bus, new JsonObject()));
        long guests = connectionsToRedis();

        for (String url : List.of(
                "ws://127.0.0.1:" + pages,
                "ws://127.0.0.7:" + pages,
                "ws://localhost:" + pages,
                "ws://[::1]:" + pages,
                "ws://127.0.0.1:" + redis,
                "ws://[::ffff:127.0.0.1]:" + redis,
                "ws://0.0.0.0:" + redis,
                "ws://127.0.0.1:" + postgres,
                "ws://127.0.0.1:" + bus,
                "ws://127.0.0.1:5701")) {
            Outcome outcome = open(url, own);
            assertThat(outcome.reason()).as(url).isEqualTo(Reason.BLOCKED);
            assertThat(outcome.evidence()).as(url).contains("our own port");
        }
        assertThat(visitors).hasValue(0);
        assertThat(connectionsToRedis()).isEqualTo(guests);

        assertThat(open("ws://127.0.0.1:" + pages, Set.of()).reason()).isNotEqualTo(Reason.BLOCKED);
        assertThat(open("ws://127.0.0.1:" + redis, Set.of()).reason()).isNotEqualTo(Reason.BLOCKED);
        assertThat(visitors).hasValue(1);
        assertThat(connectionsToRedis()).isEqualTo(guests + 1);
    }

    @Test
    void takesTheUsualPortsAndLeavesOutANameThatLeadsNowhere() {
        assertThat(OwnAddresses.of(MonitorConfig.DEFAULT, 8_080, "[::1]:-1", "nowhere.invalid:-1", null))
                .containsExactly(at("127.0.0.1", 8_080), at("::1", 5_432));
        assertThat(OwnAddresses.of(MonitorConfig.DEFAULT, 8_080, "127.0.0.1:7", "127.0.0.3:-1", null))
                .contains(at("127.0.0.3", 6_379), at("127.0.0.1", 7));
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(literal), port);
    }

    private int listen(String host) {
        NetServer server = vertx.createNetServer().connectHandler(guest -> {
            visitors.incrementAndGet();
            guest.close().onFailure(gone -> {});
        });
        return await(server.listen(0, host)).actualPort();
    }

    private static long connectionsToRedis() {
        String stats = REDIS.command(Command.INFO, "stats").toString();
        return stats.lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }

    private Outcome open(String url, Set<InetSocketAddress> own) {
        RelayProber prober = new RelayProber(
                vertx,
                EVERYTHING_IS_OPEN.refusing(own),
                KeyRing.of(EventSigner.of(SecretKey.random())),
                AddressLimits.NONE,
                InstantSource.system());
        CheckJob job = new CheckJob(
                RelayUrl.of(url),
                "test",
                Instant.EPOCH,
                Set.of(CheckType.OPEN),
                Map.of(CheckType.OPEN, Duration.ofSeconds(5)),
                null,
                List.of(),
                Priority.ON_DEMAND,
                1);
        return await(prober.probe(job).map(answer -> answer.report().open()).eventually(prober::close));
    }
}
