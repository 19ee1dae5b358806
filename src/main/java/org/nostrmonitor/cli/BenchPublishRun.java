package org.nostrmonitor.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cli.BenchPublishResult.TargetResult;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.publish.EventPublisher;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.ReportStore;

/** Stores events in a database, and measures how they get from there to targets on loopback. */
final class BenchPublishRun {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int STORED_AT_ONCE = 500;
    private static final int LOOK_EVERY_MS = 20;

    private final Vertx vertx;
    private final Database database;
    private final int events;
    private long mostHeap;

    BenchPublishRun(Vertx vertx, Database database, int events) {
        this.vertx = vertx;
        this.database = database;
        this.events = events;
    }

    /** Blocks until all events are at all targets. */
    BenchPublishResult run(int targetCount) {
        List<BenchPublishTarget> targets = new ArrayList<>();
        for (int i = 0; i < targetCount; i++) {
            targets.add(Await.of(BenchPublishTarget.start(vertx), LIMIT, "a target"));
        }
        List<RelayUrl> urls = targets.stream().map(BenchPublishTarget::url).toList();
        EventSigner signer = EventSigner.of(SecretKey.random());
        double stored = store(new BenchPublishEvents(signer, urls));
        EventPublisher publisher = publisher(urls, signer);
        long start = System.nanoTime();
        vertx.runOnContext(now -> publisher.start());
        Await.of(allArrived(targets), LIMIT, "the targets");
        awaitNothingPending();
        double seconds = since(start, System.nanoTime());
        Await.of(publisher.stop(), LIMIT, "the publisher");
        List<TargetResult> results = targets.stream()
                .map(target -> new TargetResult(
                        target.events(), target.repetitions(), target.connections(), since(start, target.lastNanos())))
                .toList();
        return new BenchPublishResult(events, events / stored, seconds, mostHeap, results);
    }

    /** How many seconds that took. */
    private double store(BenchPublishEvents made) {
        List<RelayUrl> relays = BenchPublishEvents.relays(0, events);
        Await.of(new PgRelayRepository(database).add(relays, "bench"), LIMIT, "PostgreSQL");
        ReportStore reports = new PgReportStore(database, new PgHousekeeping(database));
        long start = System.nanoTime();
        for (int at = 0; at < events; at += STORED_AT_ONCE) {
            List<RelayUrl> some = relays.subList(at, Math.min(events, at + STORED_AT_ONCE));
            Await.of(made.store(reports, some), LIMIT, "PostgreSQL");
        }
        return since(start, System.nanoTime());
    }

    private EventPublisher publisher(List<RelayUrl> targets, EventSigner signer) {
        return new EventPublisher(
                vertx,
                targets,
                new PgOutbox(database),
                KeyRing.of(signer),
                Bus.on(vertx),
                new SimpleMeterRegistry(),
                InstantSource.system(),
                new MonitorConfig.Network(List.of(), List.of(), List.of(), Map.of()));
    }

    private Future<Void> allArrived(List<BenchPublishTarget> targets) {
        Promise<Void> all = Promise.promise();
        long timer = vertx.setPeriodic(LOOK_EVERY_MS, now -> {
            Runtime runtime = Runtime.getRuntime();
            mostHeap = Math.max(mostHeap, runtime.totalMemory() - runtime.freeMemory());
            if (targets.stream().allMatch(target -> target.events() == events)) {
                all.tryComplete();
            }
        });
        return all.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void awaitNothingPending() {
        PgOutbox outbox = new PgOutbox(database);
        Map<String, Integer> depth;
        do {
            depth = Await.of(outbox.depth(), LIMIT, "PostgreSQL");
        } while (!depth.isEmpty());
    }

    private static double since(long startNanos, long endNanos) {
        return Math.max(1, endNanos - startNanos) / 1e9;
    }
}
