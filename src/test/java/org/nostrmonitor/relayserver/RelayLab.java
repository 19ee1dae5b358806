package org.nostrmonitor.relayserver;

import static org.nostrmonitor.testing.Await.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.http.DemoDoor;
import org.nostrmonitor.http.HttpVerticle;
import org.nostrmonitor.http.RelayDoor;
import org.nostrmonitor.http.WebLimits;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgStoredEvents;
import org.nostrmonitor.storage.StoredEvents;
import org.nostrmonitor.testing.RealPostgres;

/** The relay behind the real web server, over a real PostgreSQL that is empty when a test begins to serve. */
final class RelayLab implements BeforeAllCallback, AfterAllCallback, AfterEachCallback {
    static final RelayLimits LIMITS = RelayLimits.DEFAULT;
    private static final List<String> EVERYBODY = List.of("127.0.0.0/8");

    final RealPostgres postgres = new RealPostgres();
    private MeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.on(vertx);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable Database database;
    private @Nullable WebServer web;

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.beforeAll(context);
        database = Database.forReading(vertx, postgres.uri(), 4);
    }

    StoredEvents events() {
        Database reader = database;
        if (reader == null) {
            throw new IllegalStateException("before the class began");
        }
        return new PgStoredEvents(reader);
    }

    void serve(RelayLimits limits) {
        serve(limits, EVERYBODY, events());
    }

    /** @param unlimited whose connections are not counted by site */
    void serve(RelayLimits limits, List<String> unlimited, StoredEvents events) {
        postgres.execute("TRUNCATE relays, announcements CASCADE");
        registry = new SimpleMeterRegistry();
        RelaySettings settings =
                new RelaySettings("Lab", "What is tested", "ab".repeat(32), null, null, "1.2.3", limits);
        RelayServer relay = new RelayServer(vertx, events, bus, settings, registry);
        WebServer server = DemoDoor.server(vertx, bus, new Door(relay), WebLimits.of(100_000, unlimited));
        await(vertx.deployVerticle(new HttpVerticle(server))
                .onSuccess(id -> opened.add(() -> await(vertx.undeploy(id)))));
        web = server;
    }

    int port() {
        WebServer server = web;
        return server == null ? 0 : server.port();
    }

    RawClient client() throws IOException {
        return client(1);
    }

    RawClient client(int last) throws IOException {
        RawClient client = new RawClient(port(), last);
        opened.push(client);
        return client;
    }

    void opened(AutoCloseable one) {
        opened.push(one);
    }

    /** Stops the server, as the end of the process does. */
    Future<Void> stop() {
        WebServer server = web;
        return server == null ? Future.succeededFuture() : server.stop();
    }

    /** As the storage does it, and each under a relay of its own. */
    void store(NostrEvent... events) {
        postgres.execute(Arrays.stream(events).map(RelayLab::insert).collect(Collectors.joining(";")));
    }

    /** The same, and says so on the bus. */
    void publish(NostrEvent... events) {
        store(events);
        bus.publish(
                Messages.CHECK_COMPLETED,
                new Messages.CheckCompleted("wss://a.example/", "local", Instant.EPOCH, "online", true));
    }

    private static String insert(NostrEvent event) {
        String url = "wss://r.example/" + event.id();
        return """
                INSERT INTO relays (url, host, network, source) VALUES ('%s', 'x', 0, 'x');
                INSERT INTO discovery_events (relay_id, pubkey, event_id, created_at, event, pending)
                SELECT id, '%s', '%s', %d, $json$%s$json$, '{}' FROM relays WHERE url = '%s'""".formatted(url, event.pubkey(), event.id(), event.createdAt(), EventJson.write(event), url);
    }

    /** Nobody checks signatures here. */
    static NostrEvent event(int number, long createdAt, List<List<String>> tags, String content) {
        return new NostrEvent(
                "%064x".formatted(number), "ab".repeat(32), createdAt, 30166, tags, content, "cd".repeat(64));
    }

    static NostrEvent event(int number, String nip) {
        return event(
                number,
                number,
                List.of(List.of("d", "wss://r" + number + ".example/"), List.of("N", nip), List.of("R", "!auth")),
                "{}");
    }

    double figure(String name, String... tags) {
        var meter = registry.find(name).tags(tags).meter();
        return meter == null ? 0 : meter.measure().iterator().next().getValue();
    }

    static void until(BooleanSupplier done, String what) {
        long deadline = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        await(vertx.close());
        postgres.afterAll(context);
    }

    /** As usual, but for these. */
    static RelayLimits limits(
            int connectionsOfASite, int atOnce, Duration stall, Duration ping, Duration idle, Duration sweep) {
        return new RelayLimits(
                LIMITS.messageBytes(),
                LIMITS.connections(),
                connectionsOfASite,
                LIMITS.subscriptions(),
                LIMITS.allSubscriptions(),
                LIMITS.filters(),
                LIMITS.values(),
                LIMITS.usualLimit(),
                LIMITS.mostLimit(),
                LIMITS.perSecond(),
                atOnce,
                LIMITS.strikes(),
                LIMITS.answers(),
                LIMITS.unsentBytes(),
                stall,
                ping,
                idle,
                LIMITS.lookEvery(),
                sweep);
    }

    private record Door(RelayServer relay) implements RelayDoor {
        @Override
        public void open() {
            relay.start();
        }

        @Override
        public String document() {
            return relay.document();
        }

        @Override
        public boolean hasRoom(@Nullable String site) {
            return relay.hasRoom(site);
        }

        @Override
        public void enter(ServerWebSocket socket, @Nullable String site, Runnable cut) {
            relay.welcome(socket, site, cut);
        }

        @Override
        public int clients() {
            return relay.clients();
        }

        @Override
        public Future<Void> close() {
            return relay.stop();
        }
    }
}
