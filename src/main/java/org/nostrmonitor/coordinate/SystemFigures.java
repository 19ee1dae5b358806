package org.nostrmonitor.coordinate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.cache.Workers.Worker;
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
    private final String ownRegion;
    private final MultiGauge workerCount;
    private final MultiGauge slots;
    private final MultiGauge busy;
    private final MultiGauge loopLag;
    private final MultiGauge jobs;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile double outboxDepth = Double.NaN;
    private volatile double databaseBytes = Double.NaN;

    /** @param ownRegion shown even while no worker is at work there */
    public SystemFigures(
            Workers workers,
            QueueView queue,
            Outbox outbox,
            Housekeeping housekeeping,
            RecentResults recent,
            String ownRegion,
            MeterRegistry meters) {
        this.workers = workers;
        this.queue = queue;
        this.outbox = outbox;
        this.housekeeping = housekeeping;
        this.recent = recent;
        this.ownRegion = ownRegion;
        workerCount = gauge(meters, "monitor.workers", "workers that are at work");
        slots = gauge(meters, "monitor.workers.slots", "probes that the workers can make at the same time");
        busy = gauge(meters, "monitor.workers.busy", "probes that the workers are making");
        loopLag = MultiGauge.builder("monitor.workers.loop.lag")
                .description("the largest lateness of an event loop among the workers")
                .baseUnit("seconds")
                .register(meters);
        jobs = gauge(meters, "monitor.queue.jobs", "jobs in the queue");
        Gauge.builder("monitor.outbox.events", this, figures -> figures.outboxDepth)
                .description("events that targets have not accepted, over all targets")
                .register(meters);
        Gauge.builder("monitor.database.size", this, figures -> figures.databaseBytes)
                .description("the database on disk")
                .baseUnit("bytes")
                .register(meters);
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    /** Reads all figures anew, unless that is going on already. Completes when they are shown; never fails. */
    public Future<Void> refresh() {
        if (!refreshing.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        return Future.join(refreshWorkersAndJobs(), refreshOutbox(), refreshDatabase())
                .eventually(this::remember)
                .onComplete(done -> refreshing.set(false))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** For the pages of other nodes, which would else have to ask PostgreSQL. What could not be read is left out. */
    private Future<Void> remember() {
        JsonObject figures = new JsonObject();
        put(figures, "outboxEvents", outboxDepth);
        put(figures, "databaseBytes", databaseBytes);
        return inTime(recent.putFigures(RecentResults.SYSTEM, figures));
    }

    private static void put(JsonObject figures, String name, double value) {
        if (!Double.isNaN(value)) {
            figures.put(name, Math.round(value));
        }
    }

    private Future<Void> refreshWorkersAndJobs() {
        return inTime(workers.seen())
                .map(this::byRegion)
                .onSuccess(this::showWorkers)
                .onFailure(unknown -> showWorkers(Map.of()))
                .map(regions -> Set.copyOf(regions.keySet()))
                .otherwise(Set.of(ownRegion))
                .compose(this::refreshJobs);
    }

    private Map<String, List<Worker>> byRegion(List<Worker> seen) {
        Map<String, List<Worker>> regions = new TreeMap<>(Map.of(ownRegion, List.of()));
        seen.stream()
                .collect(groupingBy(Worker::region, TreeMap::new, toList()))
                .forEach((region, there) -> {
                    if (regions.size() < MOST_REGIONS || regions.containsKey(region)) {
                        regions.put(region, there);
                    }
                });
        return regions;
    }

    private void showWorkers(Map<String, List<Worker>> regions) {
        workerCount.register(rows(regions, List::size), true);
        slots.register(rows(regions, there -> sum(there, Worker::slots)), true);
        busy.register(rows(regions, there -> sum(there, Worker::busy)), true);
        loopLag.register(rows(regions, SystemFigures::loopLagSeconds), true);
    }

    private static double sum(List<Worker> workers, ToDoubleFunction<Worker> figure) {
        return workers.stream().mapToDouble(figure).sum();
    }

    /** Not a number where nobody measured it. */
    private static double loopLagSeconds(List<Worker> workers) {
        return workers.stream().mapToLong(Worker::loopLagMs).max().stream()
                .mapToDouble(ms -> ms / 1_000.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static List<Row<Number>> rows(Map<String, List<Worker>> regions, ToDoubleFunction<List<Worker>> figure) {
        return regions.entrySet().stream()
                .map(region -> Row.of(Tags.of("region", region.getKey()), figure.applyAsDouble(region.getValue())))
                .toList();
    }

    private Future<Void> refreshJobs(Set<String> regions) {
        List<Row<Number>> rows = Collections.synchronizedList(new ArrayList<>());
        List<Future<QueueCounts>> counts = regions.stream()
                .map(region -> inTime(queue.counts(region)).onSuccess(count -> rows.addAll(jobRows(region, count))))
                .toList();
        return Future.join(counts).<Void>mapEmpty().onComplete(done -> jobs.register(List.copyOf(rows), true));
    }

    private static List<Row<Number>> jobRows(String region, QueueCounts counts) {
        return List.of(
                jobRow(region, "ready", counts.ready()),
                jobRow(region, "delayed", counts.delayed()),
                jobRow(region, "leased", counts.leased()),
                jobRow(region, "dead", counts.dead()));
    }

    private static Row<Number> jobRow(String region, String state, int count) {
        return Row.of(Tags.of("region", region, "state", state), count);
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

    private static <T> Future<T> inTime(Future<T> figure) {
        return figure.timeout(TIMEOUT_S, TimeUnit.SECONDS);
    }
}
