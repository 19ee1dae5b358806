package org.nostrmonitor.coordinate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.Housekeeping;
import org.nostrmonitor.storage.Outbox;

/**
 * The size of things, as gauges: workers and jobs by region, events to be sent, bytes on disk. What could not be read is
 * not shown, rather than shown as it was.
 */
public final class SystemFigures {
    private static final long TIMEOUT_S = 5;
    private static final int MOST_REGIONS = 50;

    private final Workers workers;
    private final QueueView queue;
    private final Outbox outbox;
    private final Housekeeping housekeeping;
    private final RecentResults recent;
    private final InstantSource clock;
    private final RegionFigures regionFigures;
    /** All that a worker was seen in since the start, and the own one. */
    private final Set<String> regions = new ConcurrentSkipListSet<>();

    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile double outboxDepth = Double.NaN;
    private volatile double databaseBytes = Double.NaN;
    private volatile double daysAhead = Double.NaN;

    /** @param ownRegion shown even while no worker is at work there */
    public SystemFigures(
            Workers workers,
            QueueView queue,
            Outbox outbox,
            Housekeeping housekeeping,
            RecentResults recent,
            String ownRegion,
            MeterRegistry meters,
            InstantSource clock) {
        this.workers = workers;
        this.queue = queue;
        this.outbox = outbox;
        this.housekeeping = housekeeping;
        this.recent = recent;
        this.clock = clock;
        this.regionFigures = new RegionFigures(meters);
        regions.add(ownRegion);
        Gauge.builder("monitor.outbox.events", this, figures -> figures.outboxDepth)
                .description("events that targets have not accepted, over all targets")
                .register(meters);
        Gauge.builder("monitor.database.size", this, figures -> figures.databaseBytes)
                .description("the database on disk")
                .baseUnit("bytes")
                .register(meters);
    }

    /** Reads all figures anew, unless that is going on already. Completes when they are shown; never fails. */
    public Future<Void> refresh() {
        if (!refreshing.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        return Future.join(refreshWorkersAndJobs(), refreshOutbox(), refreshDatabase(), refreshDays())
                .eventually(this::remember)
                .onComplete(done -> refreshing.set(false))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Shows no region any more. */
    void close() {
        regionFigures.close();
    }

    /** For the pages of other nodes, which would else have to ask PostgreSQL. What could not be read is left out. */
    private Future<Void> remember() {
        JsonObject figures = new JsonObject();
        put(figures, "outboxEvents", outboxDepth);
        put(figures, "databaseBytes", databaseBytes);
        put(figures, "partitionDays", daysAhead);
        return inTime(recent.putFigures(RecentResults.SYSTEM, figures));
    }

    private static void put(JsonObject figures, String name, double value) {
        if (!Double.isNaN(value)) {
            figures.put(name, Math.round(value));
        }
    }

    private Future<Void> refreshWorkersAndJobs() {
        return inTime(workers.seen())
                .onSuccess(seen -> {
                    seen.forEach(worker -> meet(worker.region()));
                    regionFigures.showWorkers(List.copyOf(regions), seen);
                })
                .onFailure(unknown -> regionFigures.showWorkers(List.of(), List.of()))
                .transform(done -> refreshJobs());
    }

    /** A region stays: that all its workers are gone is what somebody must see. */
    private void meet(String region) {
        if (regions.size() < MOST_REGIONS) {
            regions.add(region);
        }
    }

    private Future<Void> refreshJobs() {
        Map<String, QueueCounts> read = new ConcurrentSkipListMap<>();
        List<Future<QueueCounts>> counts = regions.stream()
                .map(region -> inTime(queue.counts(region)).onSuccess(count -> read.put(region, count)))
                .toList();
        return Future.join(counts).<Void>mapEmpty().onComplete(done -> regionFigures.showJobs(read));
    }

    private Future<Void> refreshOutbox() {
        return inTime(outbox.depth())
                .map(byTarget ->
                        byTarget.values().stream().mapToDouble(depth -> depth).sum())
                .otherwise(Double.NaN)
                .onSuccess(depth -> outboxDepth = depth)
                .mapEmpty();
    }

    private Future<Void> refreshDatabase() {
        return inTime(housekeeping.databaseSize())
                .map(Long::doubleValue)
                .otherwise(Double.NaN)
                .onSuccess(bytes -> databaseBytes = bytes)
                .mapEmpty();
    }

    private Future<Void> refreshDays() {
        return inTime(housekeeping.daysAhead(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .map(Integer::doubleValue)
                .otherwise(Double.NaN)
                .onSuccess(days -> daysAhead = days)
                .mapEmpty();
    }

    private static <T> Future<T> inTime(Future<T> figure) {
        return figure.timeout(TIMEOUT_S, TimeUnit.SECONDS);
    }
}
