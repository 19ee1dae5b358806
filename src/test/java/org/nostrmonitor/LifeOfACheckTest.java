package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.config.Secret;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.QueueConsumerVerticle;
import org.nostrmonitor.http.HttpVerticle;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.ProbeVerticle;
import org.nostrmonitor.publish.PublisherVerticle;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.schedule.SchedulerVerticle;
import org.nostrmonitor.simulator.Behaviour;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.RealPostgres;
import org.nostrmonitor.testing.RealRedis;

/**
 * Read this first: how one check lives, from the tick of the clock to the page, through the rooms of the house in their
 * order. Everything is real but the relays, which are simulated: PostgreSQL, Redis, sockets, keys, pages.
 *
 * <p>Each room is opened only when the check has come to its door, so that one can see what the room before has left there.
 */
@Timeout(60)
class LifeOfACheckTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final String REGION = "here";

    @TempDir
    static Path directory;

    private static Vertx outside;
    private static SimulatedNetwork network;

    private final SecretKey secret = SecretKey.random();
    private final Vertx vertx = Vertx.vertx();
    private final Deque<String> opened = new ArrayDeque<>();
    private Foundations foundations;
    private Parts parts;
    private Rooms rooms;

    @BeforeAll
    static void theNetworkIsThere() {
        outside = Vertx.vertx();
        SimulatedNetwork.Options options = SimulatedNetwork.Options.of(20, 66, directory);
        network = await(SimulatedNetwork.start(outside, options.withLatencyScale(0)));
    }

    @BeforeEach
    void theHouseIsBuilt() {
        POSTGRES.execute("TRUNCATE relays, relay_results, announcements, cycles, monitor_config CASCADE");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        foundations = await(Foundations.lay(vertx, config(), registry));
        parts = await(Gathering.of(vertx, config(), foundations, registry));
        rooms = new Rooms(parts);
    }

    @AfterEach
    void theHouseIsLeft() {
        while (!opened.isEmpty()) {
            await(vertx.undeploy(opened.pop()));
        }
        await(foundations.close());
        await(vertx.close());
    }

    @AfterAll
    static void theNetworkIsGone() {
        await(outside.close());
    }

    @Test
    void aCheckLivesFromTheTickToThePage() throws Exception {
        RelayUrl relay = relay(Behaviour.HEALTHY);
        LinkedBlockingQueue<CycleCompleted> completed = listenForCompletedCycles();
        await(parts.relays().add(List.of(relay), "test"));

        // CheckScheduler plans the cycle: a row in PostgreSQL, and a job in Redis for whoever comes for it.
        openTheScheduler();
        Cycle cycle = until(() -> parts.cycles().latest(1), LifeOfACheckTest::isPlanned)
                .get(0);
        assertThat(cycle.region()).isEqualTo(REGION);
        assertThat(cycle.planned()).isEqualTo(1);
        assertThat(await(parts.queueView().counts(REGION))).isEqualTo(new QueueCounts(1, 0, 0, 0, 0, 0, Duration.ZERO));

        // JobConsumer claims the job, CheckJobHandler asks a RelayProber over the bus, signs what it found and stores
        // it.
        openTheWorker();
        Result result =
                until(() -> resultsOf(relay), results -> !results.isEmpty()).get(0);
        assertThat(result.cycle()).isEqualTo(cycle.cycle());
        assertThat(result.state()).isEqualTo(RelayState.ONLINE);

        // The same transaction has kept what is known of the relay now, and the event that waits for its target.
        Detail known = await(parts.views().relay(relay));
        assertThat(known.item().state()).isEqualTo(RelayState.ONLINE);
        assertThat(known.item().writable()).isTrue();
        List<NostrEvent> pending = await(parts.outbox().pending(target(), 10, List.of()));
        assertThat(pending).extracting(NostrEvent::kind).containsExactly(RelayDiscovery.KIND);
        assertThat(network.target().events()).isEmpty();

        // The job is acknowledged: nothing is left in Redis, CycleWatch ends the cycle and says so to the house.
        CycleCompleted said = completed.poll(20, TimeUnit.SECONDS);
        assertThat(said).isNotNull();
        assertThat(said.cycle()).isEqualTo(cycle.cycle());
        assertThat(said.planned()).isEqualTo(1);
        assertThat(await(parts.cycles().latest(1)).get(0).state()).isEqualTo("complete");
        assertThat(await(parts.queueView().counts(REGION))).isEqualTo(new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO));

        // EventPublisher brings the event to the target relay, and forgets it only when the target has said OK.
        openThePublisher();
        NostrEvent event = await(network.target().await(found -> isAbout(found, relay), Duration.ofSeconds(20)));
        assertThat(event).isEqualTo(pending.get(0));
        assertThat(Signatures.verify(event)).isTrue();
        assertThat(event.pubkey()).isEqualTo(secret.publicKey());
        until(() -> parts.outbox().pending(target(), 10, List.of()), List::isEmpty);

        // HttpVerticle shows it to people and programs.
        Api web = openThePages();
        HttpResponse<String> page = web.get("/relays/" + Api.encoded(relay.value()));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(relay.host()).containsIgnoringCase("online");
        JsonObject json = web.json("/api/v1/relays/" + Api.encoded(relay.value()));
        assertThat(json.encode()).contains("\"online\"").contains(relay.value());
    }

    @Test
    void aRelayThatDoesNotAnswerIsStoredWithItsReasonAndNothingIsPublished() {
        RelayUrl relay = relay(Behaviour.REFUSING);
        // A worker that reaches nobody doubts its own network first; a status of HTTP shows that the network works.
        RelayUrl answering = relay(Behaviour.HTTP_STATUS);
        await(parts.relays().add(List.of(relay, answering), "test"));

        openTheScheduler();
        openThePublisher();
        openTheWorker();

        Result result =
                until(() -> resultsOf(relay), results -> !results.isEmpty()).get(0);
        assertThat(result.state()).isEqualTo(RelayState.OFFLINE);
        assertThat(result.reason()).isEqualTo(Reason.TCP_REFUSED);
        assertThat(result.open()).isNull();
        until(() -> parts.cycles().latest(1), cycles -> cycles.get(0).state().equals("complete"));
        assertThat(await(parts.outbox().discoveries(relay))).isEmpty();
        assertThat(network.target().events()).noneMatch(event -> isAbout(event, relay));
    }

    @Test
    void aJobCanBeAcknowledgedOnce() {
        await(parts.relays().add(List.of(relay(Behaviour.HEALTHY)), "test"));
        openTheScheduler();
        Lease lease = until(
                        () -> parts.queue()
                                .claim(new Claim(REGION, "worker", 1, 0, Duration.ofSeconds(30), Pace.UNLIMITED)),
                        leases -> !leases.isEmpty())
                .get(0);

        assertThat(await(parts.queue().ack(lease))).isTrue();
        assertThat(await(parts.queue().ack(lease))).isFalse();
    }

    private void openTheScheduler() {
        open(new SchedulerVerticle(rooms.scheduler(), parts.bus(), parts.clock()));
    }

    private void openTheWorker() {
        ProbeSettings settings =
                ProbeSettings.of(parts.config().network(), parts.config().geo());
        open(new ProbeVerticle(parts.bus(), () -> rooms.prober(settings)));
        JobConsumer consumer = rooms.consumer(settings);
        open(new QueueConsumerVerticle(consumer, rooms.reaper(), rooms.pulse(consumer)));
    }

    private void open(Deployable room) {
        opened.push(await(vertx.deployVerticle(room)));
    }

    private void openThePublisher() {
        open(new PublisherVerticle(rooms.publisher(), parts.bus(), parts.recent()));
    }

    private Api openThePages() {
        WebServer server =
                rooms.webServer(() -> true, () -> parts.shared().schedule().cron());
        open(new HttpVerticle(server));
        return new Api("http://127.0.0.1:" + server.port());
    }

    private LinkedBlockingQueue<CycleCompleted> listenForCompletedCycles() {
        LinkedBlockingQueue<CycleCompleted> completed = new LinkedBlockingQueue<>();
        MessageConsumer<CycleCompleted> ear = parts.bus().subscribe(Messages.CYCLE_COMPLETED, completed::add);
        await(ear.completion());
        return completed;
    }

    private Future<List<Result>> resultsOf(RelayUrl relay) {
        return parts.views().results(relay, REGION, null, 10);
    }

    private static boolean isPlanned(List<Cycle> cycles) {
        return !cycles.isEmpty() && cycles.get(0).state().equals("running");
    }

    private static boolean isAbout(NostrEvent event, RelayUrl relay) {
        return event.kind() == RelayDiscovery.KIND
                && event.tag("d").filter(relay.value()::equals).isPresent();
    }

    private static RelayUrl relay(Behaviour behaviour) {
        return network.relays().stream()
                .filter(relay -> relay.behaviour() == behaviour)
                .findFirst()
                .orElseThrow()
                .url();
    }

    private static RelayUrl target() {
        return network.target().url();
    }

    /** As an operator would write it: shared databases, the simulated network's addresses allowed and its issuer trusted. */
    private MonitorConfig config() {
        MonitorConfig usual = MonitorConfig.DEFAULT;
        Set<Role> roles = EnumSet.allOf(Role.class);
        return new MonitorConfig(
                roles,
                REGION,
                directory.resolve("data"),
                new MonitorConfig.Postgres(POSTGRES.uri()),
                new MonitorConfig.Redis(REDIS.server().uri()),
                new Identity(null, Secret.of(secret.nsec()), "The monitor of this test", "", null),
                usual.schedule(),
                new MonitorConfig.Relays(List.of(), List.of(), false),
                usual.checks(),
                new MonitorConfig.Publish(List.of(target())),
                usual.discovery(),
                new MonitorConfig.Network(List.of("127.0.0.0/8"), List.of(), List.of(network.authorityPem()), Map.of()),
                usual.geo(),
                usual.rateLimits(),
                usual.retention(),
                usual.worker(),
                new MonitorConfig.Http("127.0.0.1", 0, null),
                usual.cluster());
    }
}
