package org.nostrmonitor.coordinate;

import static java.util.stream.Collectors.groupingBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;

/** Workers and jobs as gauges by region. What is shown replaces what was shown before, all of it. */
final class RegionFigures {
    private final MultiGauge workers;
    private final MultiGauge slots;
    private final MultiGauge busy;
    private final MultiGauge held;
    private final MultiGauge unacked;
    private final MultiGauge loopLag;
    private final MultiGauge jobs;
    private final MultiGauge overdue;
    private boolean closed;

    RegionFigures(MeterRegistry meters) {
        workers = gauge(meters, "monitor.workers", "workers that are at work");
        slots = gauge(meters, "monitor.workers.slots", "probes that the workers can make at the same time");
        busy = gauge(meters, "monitor.workers.busy", "probes that the workers are making");
        held = gauge(meters, "monitor.workers.held", "reports of workers that wait for PostgreSQL");
        unacked = gauge(meters, "monitor.workers.unacked", "jobs of stored results that Redis has not been told of");
        loopLag = secondsGauge(
                meters, "monitor.workers.loop.lag", "the largest lateness of an event loop among the workers");
        jobs = gauge(meters, "monitor.queue.jobs", "jobs in the queue");
        overdue = secondsGauge(
                meters, "monitor.queue.overdue", "how far the most urgent job that waits is past its virtual deadline");
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static MultiGauge secondsGauge(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(meters);
    }

    /** @param regions each is shown, also if nobody works there; none shows nothing */
    synchronized void showWorkers(List<String> regions, List<Worker> seen) {
        if (closed) {
            return;
        }
        Map<String, List<Worker>> byRegion = new TreeMap<>();
        Map<String, List<Worker>> there = seen.stream().collect(groupingBy(Worker::region));
        regions.forEach(region -> byRegion.put(region, there.getOrDefault(region, List.of())));
        workers.register(rows(byRegion, List::size), true);
        slots.register(rows(byRegion, some -> sum(some, Worker::slots)), true);
        busy.register(rows(byRegion, some -> sum(some, Worker::busy)), true);
        held.register(rows(byRegion, some -> sum(some, Worker::held)), true);
        unacked.register(rows(byRegion, some -> sum(some, Worker::unacked)), true);
        loopLag.register(rows(byRegion, RegionFigures::loopLagSeconds), true);
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

    /** @param counts by region, without those that could not be read */
    synchronized void showJobs(Map<String, QueueCounts> counts) {
        if (closed) {
            return;
        }
        List<Row<Number>> rows = new ArrayList<>();
        counts.forEach((region, count) -> rows.addAll(jobRows(region, count)));
        jobs.register(rows, true);
        overdue.register(rows(counts, count -> count.overdue().toMillis() / 1_000.0), true);
    }

    /** Shows nothing any more, also of what is still being read. */
    synchronized void close() {
        closed = true;
        List.of(workers, slots, busy, held, unacked, loopLag, jobs, overdue)
                .forEach(gauge -> gauge.register(List.of(), true));
    }

    private static List<Row<Number>> jobRows(String region, QueueCounts counts) {
        return List.of(
                jobRow(region, "ready", counts.ready()),
                jobRow(region, "on_demand", counts.onDemand()),
                jobRow(region, "delayed", counts.delayed()),
                jobRow(region, "retrying", counts.retrying()),
                jobRow(region, "leased", counts.leased()),
                jobRow(region, "dead", counts.dead()));
    }

    private static Row<Number> jobRow(String region, String state, int count) {
        return Row.of(Tags.of("region", region, "state", state), count);
    }

    private static <T> List<Row<Number>> rows(Map<String, T> regions, ToDoubleFunction<T> figure) {
        return regions.entrySet().stream()
                .map(region -> Row.of(Tags.of("region", region.getKey()), figure.applyAsDouble(region.getValue())))
                .toList();
    }
}
