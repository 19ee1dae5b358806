package org.nostrmonitor.discover;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.OtherMonitors.Said;
import org.nostrmonitor.storage.OtherMonitors.Testimony;
import org.nostrmonitor.storage.PgLeadership;
import org.nostrmonitor.storage.PgMonitorNotes;
import org.nostrmonitor.storage.PgOtherMonitors;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.testing.Await;
import org.nostrmonitor.testing.RealPostgres;

/** Discoveries over a real PostgreSQL that knows a few relays; all of them end with each test. */
final class DiscoveryLab implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final String RELAY = "wss://relay.example/";
    static final RelayUrl KNOWN = RelayUrl.of(RELAY);

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RealPostgres postgres = new RealPostgres();
    private final List<Discovery> discoveries = new ArrayList<>();
    private Database database = Database.connect(vertx, "postgresql://nobody:x@127.0.0.1:1/none", 1);

    static Pace pace(Duration answer, int page, double eventsPerSecond) {
        return new Pace(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                answer,
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofSeconds(60),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                page,
                eventsPerSecond,
                64 << 20);
    }

    static final Pace PATIENT = pace(Duration.ofSeconds(20), 100, 100_000);
    /** For sources that owe an answer. */
    static final Pace IMPATIENT = pace(Duration.ofMillis(200), 100, 100_000);

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres.beforeAll(context);
        database = Database.connect(vertx, postgres.uri(), Database.DEFAULT_SIZE);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        postgres.execute("TRUNCATE relays, leadership, monitors, monitor_reading CASCADE");
        meters.clear();
        know(RELAY);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        discoveries.forEach(discovery -> Await.await(discovery.stop()));
        discoveries.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Await.await(database.close());
        Await.await(vertx.close());
        postgres.afterAll(context);
    }

    void know(String... urls) {
        List<RelayUrl> relays = Stream.of(urls).map(RelayUrl::of).toList();
        Await.await(new PgRelayRepository(database).add(relays, "test"));
    }

    Discovery read(RelayUrl... sources) {
        return read("a node", PATIENT, Set.of(), sources);
    }

    Discovery read(String holder, Pace pace, Set<String> ownKeys, RelayUrl... sources) {
        DiscoverySettings settings = new DiscoverySettings(
                vertx,
                List.of(sources),
                ownKeys,
                Map.of(),
                new PgMonitorNotes(database),
                new PgLeadership(database),
                holder,
                InstantSource.system());
        Discovery discovery = new Discovery(settings, meters, pace);
        discoveries.add(discovery);
        vertx.getOrCreateContext().runOnContext(now -> discovery.start());
        return discovery;
    }

    Testimony testimony(Predicate<Testimony> wanted) {
        return Await.until(() -> new PgOtherMonitors(database).of(KNOWN), wanted);
    }

    /** What they say of the one relay, once so many say something. */
    List<Sighting> sightings(int count) {
        return testimony(told -> sightings(told).size() >= count).said().stream()
                .map(Said::sighting)
                .filter(Objects::nonNull)
                .toList();
    }

    static List<Sighting> sightings(Testimony told) {
        return told.said().stream().map(Said::sighting).filter(Objects::nonNull).toList();
    }

    /** Until so many views are kept. */
    void awaitKept(int views) {
        Await.until(
                () -> Future.succeededFuture(
                        meters.counter("monitor.discovery.kept").count()),
                kept -> kept == views);
    }

    /** In this test. */
    double count(Verdict verdict) {
        return meters.counter("monitor.discovery.events", "verdict", verdict.label())
                .count();
    }

    void awaitCount(Verdict verdict, double atLeast) {
        Await.until(() -> Future.succeededFuture(count(verdict)), count -> count >= atLeast);
    }
}
