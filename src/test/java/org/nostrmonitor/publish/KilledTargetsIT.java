package org.nostrmonitor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.Published;
import org.nostrmonitor.testing.Await;
import org.nostrmonitor.testing.RealPostgres;

/** Targets and publishers as real processes that are killed. What it promises stands in {@code docs/reliability.md}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KilledTargetsIT {
    private static final int TARGETS = 3;
    private static final int CHUNK = 100;
    /** {@code -Dpublish.events=50000} for a longer run. */
    private static final int EVENTS = Integer.getInteger("publish.events", 5_000);

    private static final int RELAYS = EVENTS * 2 / 5;
    /** For a publisher that is killed. */
    private static final int ENOUGH = 1_000;

    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Random random = new Random();
    private final List<KillableProcess> processes = new ArrayList<>();
    private Database database;
    private Outbox outbox;

    @BeforeEach
    void connect() {
        database = Database.connect(vertx, POSTGRES.uri(), Database.DEFAULT_SIZE);
        outbox = new PgOutbox(database);
        POSTGRES.execute("TRUNCATE relays, relay_results CASCADE");
        Await.await(new PgRelayRepository(database).add(StoredEvents.relays(RELAYS), "test"));
    }

    @AfterEach
    void end() {
        processes.forEach(KillableProcess::close);
        Await.await(database.close());
        Await.await(vertx.close());
    }

    @Test
    void everyTargetHasEveryLatestEventThoughTargetsAreKilledAllTheTime() throws Exception {
        List<RelayUrl> targets = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(start(i, 0));
        }
        StoredEvents events = events(targets);
        EventPublisher publisher = publisher(targets);
        publisher.start();
        long start = System.nanoTime();

        CompletableFuture<Void> storing = CompletableFuture.runAsync(() -> storeAll(events, publisher));
        while (!storing.isDone()) {
            LockSupport.parkNanos(random.nextLong(Duration.ofMillis(300).toNanos()));
            int victim = random.nextInt(TARGETS);
            processes.get(victim).kill();
            start(victim, targets.get(victim).port());
        }
        storing.get();
        awaitNothingPending();

        double seconds = (System.nanoTime() - start) / 1e9;
        Await.await(publisher.stop());
        int kills = processes.stream().mapToInt(KillableProcess::kills).sum();
        int again = 0;
        for (int i = 0; i < TARGETS; i++) {
            TargetLog log = TargetLog.read(log(i));
            again += log.again();
            assertThat(log.received().keySet()).as("target " + i).containsAll(events.latest());
            assertThat(log.againForNothing()).as("again at target " + i).isEmpty();
        }
        System.out.printf(
                "publish: %d events of %d relays, %d targets killed %d times: %d came again, %.1f s%n",
                events.made(), RELAYS, TARGETS, kills, again, seconds);
        assertThat(kills).isGreaterThan(5);
        Published last = Await.await(
                        outbox.deliveries(StoredEvents.relays(RELAYS).get(RELAYS - 1)))
                .get(0);
        assertThat(last.deliveries()).containsOnlyKeys(targets);
        assertThat(last.deliveries().values()).allMatch(Published.Delivery::accepted);
    }

    @Test
    void aKilledPublisherSendsAgainOnlyWhatItHadNotSettled() throws Exception {
        RelayUrl target = start(0, 0);
        StoredEvents events = events(List.of(target));
        for (int from = 0; from < ENOUGH; from += CHUNK) {
            events.store(from, from + CHUNK);
        }
        KillableProcess publisher = new KillableProcess(PublisherProcess.class, folder.resolve("publisher.err"));
        processes.add(publisher);

        publisher.start(POSTGRES.uri(), target.value());
        for (int i = 0; i < 4; i++) {
            int before = depth();
            Await.until(() -> outbox.depth(), depth -> sum(depth) < before);
            publisher.kill();
            publisher.start(POSTGRES.uri(), target.value());
        }
        awaitNothingPending();
        publisher.kill();

        TargetLog log = TargetLog.read(log(0));
        assertThat(log.received().keySet()).isEqualTo(events.latest());
        assertThat(log.received().values()).allMatch(times -> times <= 1 + publisher.kills());
        assertThat(log.again()).isLessThanOrEqualTo(publisher.kills() * PublisherLab.PATIENT.window());
        assertThat(countDeliveries("duplicate")).isEqualTo(log.duplicates().size());
        assertThat(countDeliveries("accepted"))
                .isEqualTo(ENOUGH - log.duplicates().size());
        System.out.printf(
                "publish: %d events, publisher killed %d times: %d came again%n",
                events.made(), publisher.kills(), log.again());
    }

    /** All relays twice, and half of them once more. */
    private void storeAll(StoredEvents events, EventPublisher publisher) {
        for (int at = 0; at < EVENTS; at += CHUNK) {
            events.store(at % RELAYS, at % RELAYS + CHUNK);
            publisher.hint();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private StoredEvents events(List<RelayUrl> targets) {
        return new StoredEvents(new PgReportStore(database, new PgHousekeeping(database)), targets);
    }

    private EventPublisher publisher(List<RelayUrl> targets) {
        Surroundings around = new Surroundings(
                vertx,
                outbox,
                KeyRing.of(EventSigner.of(SecretKey.random())),
                InstantSource.system(),
                PublisherLab.PATIENT,
                random);
        return new EventPublisher(
                around,
                targets,
                Bus.on(vertx),
                new SimpleMeterRegistry(),
                new Dialler(vertx, Map.of(), null, PublisherLab.PATIENT.link()));
    }

    /** @param port 0 for the first time */
    private RelayUrl start(int number, int port) throws IOException {
        if (port == 0) {
            processes.add(new KillableProcess(LoggingTarget.class, folder.resolve("target-%d.err".formatted(number))));
        }
        String ready =
                processes.get(number).start(String.valueOf(port), log(number).toString(), "4000");
        return RelayUrl.of("ws://127.0.0.1:" + ready.substring("port ".length()) + "/");
    }

    private Path log(int target) {
        return folder.resolve("target-%d.log".formatted(target));
    }

    private void awaitNothingPending() {
        Await.until(() -> outbox.depth(), depth -> sum(depth) == 0);
    }

    private int depth() {
        return sum(Await.await(outbox.depth()));
    }

    private static int sum(Map<String, Integer> depth) {
        return depth.values().stream().mapToInt(Integer::intValue).sum();
    }

    private long countDeliveries(String answer) {
        List<Future<List<Published>>> events = StoredEvents.relays(ENOUGH).stream()
                .map(relay -> outbox.deliveries(relay))
                .toList();
        Await.await(Future.all(events));
        return events.stream()
                .flatMap(event -> event.result().get(0).deliveries().values().stream())
                .filter(delivery -> delivery.answer().equals(answer))
                .count();
    }
}
