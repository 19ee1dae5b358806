package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.testing.RememberedFigures;

class SystemFiguresTest {
    private final FakeHousekeeping house = new FakeHousekeeping();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Seen workers = new Seen();
    private final RememberedFigures remembered = new RememberedFigures();
    private final CountingQueue queue = new CountingQueue();
    private final MovableClock clock = new MovableClock("2026-03-02T03:17:00Z");
    private final SystemFigures figures =
            new SystemFigures(workers, queue, new StoredAnnouncements(), house, remembered, "local", meters, clock);

    @Test
    void showsWorkersAndJobsByRegion() {
        workers.answer = Future.succeededFuture(List.of(
                worker("a", "local", 10, 3, 4), worker("b", "local", 10, 5, 250), worker("c", "tokyo", 7, 0, 0)));

        figures.refresh().onFailure(impossible -> {});

        assertThat(ofRegion("monitor.workers", "local")).isEqualTo(2);
        assertThat(ofRegion("monitor.workers.slots", "local")).isEqualTo(20);
        assertThat(ofRegion("monitor.workers.busy", "local")).isEqualTo(8);
        assertThat(ofRegion("monitor.workers.loop.lag", "local")).isEqualTo(0.25);
        assertThat(ofRegion("monitor.workers", "tokyo")).isEqualTo(1);
        assertThat(ofRegion("monitor.workers.held", "local")).isEqualTo(6);
        assertThat(ofRegion("monitor.workers.unacked", "local")).isEqualTo(4);
        assertThat(ofRegion("monitor.queue.overdue", "tokyo")).isEqualTo(2.5);
        assertThat(jobs("tokyo", "leased")).isEqualTo(CountingQueue.LEASED);
        assertThat(jobs("tokyo", "on_demand")).isEqualTo(CountingQueue.ON_DEMAND);
        assertThat(jobs("tokyo", "delayed")).isEqualTo(CountingQueue.DELAYED);
        assertThat(jobs("tokyo", "retrying")).isEqualTo(CountingQueue.RETRYING);
        assertThat(jobs("tokyo", "dead")).isEqualTo(1);
        assertThat(meters.get("monitor.outbox.events").gauge().value()).isEqualTo(7);
        assertThat(meters.get("monitor.database.size").gauge().value()).isEqualTo(123_456);
    }

    @Test
    void remembersForOtherNodesWhatItCouldRead() {
        figures.refresh().onFailure(impossible -> {});
        assertThat(remembered.figures)
                .containsEntry(
                        RecentResults.SYSTEM,
                        new JsonObject()
                                .put("outboxEvents", 7L)
                                .put("databaseBytes", 123_456L)
                                .put("partitionDays", 8L));

        house.breaks("size");
        figures.refresh().onFailure(impossible -> {});
        assertThat(remembered.figures)
                .containsEntry(
                        RecentResults.SYSTEM,
                        new JsonObject().put("outboxEvents", 7L).put("partitionDays", 8L));
    }

    @Test
    void showsNoFigureThatCouldNotBeRead() {
        workers.answer = Future.succeededFuture(List.of(worker("a", "local", 10, 3, 4)));
        figures.refresh().onFailure(impossible -> {});
        workers.answer = Future.failedFuture("redis is away");
        house.breaks("size");

        assertThat(figures.refresh().succeeded()).isTrue();

        assertThat(meters.find("monitor.workers").gauges()).isEmpty();
        assertThat(meters.get("monitor.database.size").gauge().value()).isNaN();
        assertThat(jobs("local", "ready")).isEqualTo(CountingQueue.READY);
    }

    @Test
    void showsARegionThatHasLostAllItsWorkers() {
        workers.answer = Future.succeededFuture(List.of(worker("c", "tokyo", 7, 2, 0)));
        figures.refresh().onFailure(impossible -> {});
        workers.answer = Future.succeededFuture(List.of());
        figures.refresh().onFailure(impossible -> {});

        assertThat(ofRegion("monitor.workers", "tokyo")).isZero();
        assertThat(ofRegion("monitor.workers.slots", "tokyo")).isZero();
        assertThat(ofRegion("monitor.workers", "local")).isZero();
        assertThat(jobs("tokyo", "ready")).isEqualTo(CountingQueue.READY);
    }

    @Test
    void countsTheJobsOfKnownRegionsWhileWorkersAreUnknown() {
        workers.answer = Future.succeededFuture(List.of(worker("c", "tokyo", 7, 2, 0)));
        figures.refresh().onFailure(impossible -> {});
        workers.answer = Future.failedFuture("redis is away");
        queue.broken = "local";
        figures.refresh().onFailure(impossible -> {});

        assertThat(jobs("tokyo", "ready")).isEqualTo(CountingQueue.READY);
        assertThat(meters.find("monitor.queue.jobs").tag("region", "local").gauges())
                .isEmpty();
        assertThat(meters.find("monitor.queue.overdue").tag("region", "local").gauges())
                .isEmpty();
    }

    @Test
    void boundsTheRegionsThatItRemembers() {
        for (int region = 0; region < 200; region++) {
            workers.answer = Future.succeededFuture(List.of(worker("w", "region-" + region, 1, 0, 0)));
            figures.refresh().onFailure(impossible -> {});
        }

        assertThat(meters.find("monitor.workers").gauges()).hasSize(50);
        assertThat(ofRegion("monitor.workers", "local")).isZero();
    }

    @Test
    void doesNotBeginAnewWhileItIsReading() {
        Promise<List<Workers.Worker>> slow = Promise.promise();
        workers.answer = slow.future();
        Future<Void> first = figures.refresh();
        figures.refresh().onFailure(impossible -> {});
        assertThat(workers.asked).isEqualTo(1);

        slow.complete(List.of());
        figures.refresh().onFailure(impossible -> {});

        assertThat(first.succeeded()).isTrue();
        assertThat(workers.asked).isEqualTo(2);
    }

    private double jobs(String region, String state) {
        return meters.get("monitor.queue.jobs")
                .tags("region", region, "state", state)
                .gauge()
                .value();
    }

    private double ofRegion(String name, String region) {
        return meters.get(name).tag("region", region).gauge().value();
    }

    private static Workers.Worker worker(String id, String region, int slots, int busy, long lagMs) {
        return new Workers.Worker(id, region, Instant.EPOCH, slots, busy, 3, 2, 0, lagMs, "");
    }

    private static final class Seen implements Workers {
        private Future<List<Worker>> answer = Future.succeededFuture(List.of());
        private int asked;

        @Override
        public Future<List<Worker>> seen() {
            asked++;
            return answer;
        }

        @Override
        public Future<Void> beat(Worker worker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> leave(String id) {
            throw new UnsupportedOperationException();
        }
    }
}
