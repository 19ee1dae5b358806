package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.MonitorConfig.Check;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.config.Secret;
import org.nostrmonitor.consume.DoubtSettings;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.QueueConsumerVerticle;
import org.nostrmonitor.consume.Surroundings;
import org.nostrmonitor.consume.WorkerSettings;
import org.nostrmonitor.http.HttpVerticle;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.ProbeVerticle;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.schedule.SchedulerVerticle;
import org.nostrmonitor.simulator.Behaviour;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.simulator.SimulatedRelay;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.Gate;
import org.nostrmonitor.testing.RealPostgres;
import org.nostrmonitor.testing.RealRedis;

/**
 * The monitor's own network is cut while all relays are well, and relays die while the network is well: the one is never taken
 * for the other. All relays are healthy and stay so; they stand behind two gates, and what is shut is a gate.
 */
@Timeout(120)
class CutNetworkIT {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final String REGION = "here";
    private static final Duration CADENCE = Duration.ofMinutes(15);

    /** Which of the two is seen first depends on how fast this machine gets through its probes. */
    private static final String[] SIGNS = {"relays that were up do not answer, nor do", "othing has come back for"};

    /** Looks so soon that without doubt all would be stored as offline in a moment. */
    private static final Duration CONFIRM_AFTER = Duration.ofMillis(600);

    /** As usual, sixty times as fast. */
    private static final DoubtSettings DOUBT = new DoubtSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofSeconds(1));

    @TempDir
    static Path directory;

    private static Vertx outside;
    private static SimulatedNetwork network;

    private final Vertx vertx = Vertx.vertx();
    private final Deque<String> opened = new ArrayDeque<>();
    private final long bornNanos = System.nanoTime();
    private volatile Duration ahead = Duration.ZERO;
    private Gate most;
    private Gate some;
    private Foundations foundations;
    private Parts parts;
    private Rooms rooms;
    private Api web;

    @BeforeAll
    static void theNetworkIsThere() {
        outside = Vertx.vertx();
        SimulatedNetwork.Options options = SimulatedNetwork.Options.of(1_300, 66, directory);
        network = await(SimulatedNetwork.start(outside, options.withLatencyScale(0)));
    }

    @BeforeEach
    void theHouseIsBuilt() {
        most = Gate.before(outside, network.plainPort());
        some = Gate.before(outside, network.plainPort());
        POSTGRES.execute("TRUNCATE relays, relay_results, announcements, cycles, leadership, monitor_config CASCADE");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        foundations = await(Foundations.lay(vertx, config(), registry));
        parts = withMovingClock(await(Gathering.of(vertx, config(), foundations, registry)));
        rooms = new Rooms(parts);
    }

    @AfterEach
    void theHouseIsLeft() {
        while (!opened.isEmpty()) {
            await(vertx.undeploy(opened.pop()));
        }
        await(foundations.close());
        await(vertx.close());
        most.shut();
        some.shut();
    }

    @AfterAll
    static void theNetworkIsGone() {
        await(outside.close());
    }

    @Test
    void storesNobodyAsOfflineWhileItsOwnNetworkRefuses() {
        networkIsCutAndReturns(most::shut, most::open);
    }

    @Test
    void storesNobodyAsOfflineWhileItsOwnNetworkIsSilent() {
        networkIsCutAndReturns(most::fallSilent, () -> {
            most.shut();
            most.open();
        });
    }

    private void networkIsCutAndReturns(Runnable cut, Runnable mend) {
        checkOnce(500, 0);
        int events = count("SELECT count(*) FROM discovery_events");

        cut.run();
        ahead = ahead.plus(CADENCE);

        Worker doubting = until(
                () -> parts.workers().seen().map(seen -> seen.get(0)),
                worker -> worker.doubting() && worker.busy() == 0);
        until(() -> failedRounds(), rounds -> rounds >= 3);
        assertThat(doubting.note()).contains("nothing is stored as offline").containsAnyOf(SIGNS);
        assertThat(words("/")).contains("doubts its own network.").containsAnyOf(SIGNS);
        assertThat(words("/system")).contains("doubts its own network.");
        assertThat(parts.registry().scrape()).contains("monitor_worker_doubting{region=\"here\"} 1.0");
        assertThat(offline()).isZero();
        assertThat(count("SELECT count(*) FROM relay_current WHERE state = 1")).isEqualTo(500);
        assertThat(count("SELECT count(*) FROM discovery_events")).isEqualTo(events);

        assertThat(parts.registry()
                        .counter("monitor.confirmations", "region", REGION)
                        .count())
                .isLessThan(8);

        mend.run();

        untilComplete(2);
        assertThat(offline()).isZero();
        assertThat(count("SELECT count(*) FROM relay_results WHERE state = 1")).isEqualTo(1_000);
        until(() -> parts.workers().seen().map(seen -> seen.get(0)), worker -> !worker.doubting());
        assertThat(words("/")).doesNotContain("doubts its own network");
    }

    @Test
    void storesAFifthOfTheRelaysAsOfflineWhenTheyAre() {
        checkOnce(400, 100);

        some.shut();
        ahead = ahead.plus(CADENCE);

        untilComplete(2);
        assertThat(offline()).isEqualTo(100);
        assertThat(count("SELECT count(*) FROM relay_current WHERE state = 1")).isEqualTo(400);
    }

    @Test
    void storesASingleDeadRelayOfASmallListAsOffline() {
        checkOnce(4, 1);

        some.shut();
        ahead = ahead.plus(CADENCE);

        untilComplete(2);
        assertThat(offline()).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM relay_current WHERE state = 1")).isEqualTo(4);
    }

    /** All are online once, so many behind each gate. */
    private void checkOnce(int behindMost, int behindSome) {
        List<SimulatedRelay> healthy = network.relays().stream()
                .filter(relay -> relay.behaviour() == Behaviour.HEALTHY)
                .toList();
        List<RelayUrl> relays = IntStream.range(0, behindMost + behindSome)
                .mapToObj(i -> behind(i < behindMost ? most : some, healthy.get(i)))
                .toList();
        await(parts.relays().add(relays, "test"));
        open(new SchedulerVerticle(rooms.scheduler(), parts.bus(), parts.clock()));
        openTheWorker();
        WebServer server =
                rooms.webServer(() -> true, () -> parts.shared().schedule().cron());
        open(new HttpVerticle(server));
        web = new Api("http://127.0.0.1:" + server.port());
        untilComplete(1);
        assertThat(count("SELECT count(*) FROM relay_current WHERE state = 1")).isEqualTo(behindMost + behindSome);
    }

    private static RelayUrl behind(Gate gate, SimulatedRelay relay) {
        return RelayUrl.of("ws://" + relay.url().host() + ":" + gate.port() + "/");
    }

    private void openTheWorker() {
        ProbeSettings probes =
                ProbeSettings.of(parts.config().network(), parts.config().geo());
        open(new ProbeVerticle(parts.bus(), () -> rooms.prober(probes)));
        Surroundings surroundings = new Surroundings(
                vertx,
                parts.bus(),
                parts.keys(),
                parts.reports(),
                parts.queue(),
                parts.queueView(),
                parts.recent(),
                parts.registry());
        JobConsumer consumer = new JobConsumer(surroundings, settings());
        open(new QueueConsumerVerticle(consumer, rooms.reaper(), rooms.pulse(consumer)));
    }

    private static WorkerSettings settings() {
        WorkerSettings usual = WorkerSettings.of(REGION, "worker", 100, Pace.UNLIMITED);
        return new WorkerSettings(
                usual.region(),
                usual.owner(),
                usual.slots(),
                usual.keptSlots(),
                usual.lease(),
                usual.pace(),
                usual.retries(),
                CONFIRM_AFTER,
                usual.room(),
                usual.roomBytes(),
                usual.postgresBackoff(),
                usual.redisBackoff(),
                usual.idlePatience(),
                usual.idleEvery(),
                DOUBT);
    }

    private void open(Deployable room) {
        opened.push(await(vertx.deployVerticle(room)));
    }

    private void untilComplete(int cycles) {
        until(
                () -> parts.cycles().latest(10),
                latest -> latest.stream()
                                .map(Cycle::state)
                                .filter("complete"::equals)
                                .count()
                        == cycles);
    }

    private Future<Double> failedRounds() {
        return Future.succeededFuture(parts.registry()
                .counter("monitor.doubt.rounds", "region", REGION, "verdict", "fails")
                .count());
    }

    private static int offline() {
        return count("SELECT count(*) FROM relay_results WHERE state = 3");
    }

    private static int count(String sql) {
        try (Connection connection = DriverManager.getConnection(POSTGRES.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String words(String path) {
        return web.get(path).body().replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    private Parts withMovingClock(Parts usual) {
        return new Parts(
                usual.vertx(),
                usual.config(),
                usual.foundations(),
                usual.shared(),
                usual.nodeKeys(),
                usual.bus(),
                usual.queue(),
                usual.queueView(),
                usual.deadLetters(),
                usual.workers(),
                usual.recent(),
                usual.relays(),
                usual.cycles(),
                usual.reports(),
                usual.outbox(),
                usual.housekeeping(),
                usual.views(),
                usual.history(),
                usual.statistics(),
                usual.registry(),
                this::noonAndOn);
    }

    /** No tick comes by itself while the test runs. */
    private Instant noonAndOn() {
        Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
        return noon.plusSeconds(1).plusNanos(System.nanoTime() - bornNanos).plus(ahead);
    }

    private static MonitorConfig config() {
        MonitorConfig usual = MonitorConfig.DEFAULT;
        Check quick = new Check(true, Duration.ofSeconds(3), Duration.ZERO);
        Check none = new Check(false, Duration.ofSeconds(1), Duration.ZERO);
        return new MonitorConfig(
                EnumSet.allOf(Role.class),
                REGION,
                directory.resolve("data"),
                new MonitorConfig.Postgres(POSTGRES.uri()),
                new MonitorConfig.Redis(REDIS.server().uri()),
                new Identity(null, Secret.of(SecretKey.random().nsec()), "The monitor of this test", "", null),
                usual.schedule(),
                new MonitorConfig.Relays(List.of(), List.of(), false),
                new MonitorConfig.Checks(quick, quick, none, none, none),
                new MonitorConfig.Publish(List.of()),
                usual.discovery(),
                new MonitorConfig.Network(List.of("127.0.0.0/8"), List.of(), List.of(network.authorityPem()), Map.of()),
                usual.geo(),
                new MonitorConfig.RateLimits(1e6, 1e6, 1e6, 1e6, 1_000),
                usual.retention(),
                usual.worker(),
                new MonitorConfig.Http("127.0.0.1", 0, null),
                usual.cluster());
    }
}
