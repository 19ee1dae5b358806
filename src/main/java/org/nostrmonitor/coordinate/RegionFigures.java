package org.nostrmonitor.coordinate;

import static java.util.stream.Collectors.groupingBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;

/** Workers and jobs as gauges by region. What is shown replaces what was shown before, all of it. */
final class RegionFigures {
    private final Gauges workers;
    private final Gauges slots;
    private final Gauges busy;
    private final Gauges held;
    private final Gauges unacked;
    private final Gauges loopLag;
    private final Gauges jobs;
    private final Gauges overdue;
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

    private static Gauges gauge(MeterRegistry meters, String name, String description) {
        return new Gauges(MultiGauge.builder(name).description(description).register(meters));
    }

    private static Gauges secondsGauge(MeterRegistry meters, String name, String description) {
        return new Gauges(MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(meters));
    }

    /** @param regions each is shown, also if nobody works there; none shows nothing */
    synchronized void showWorkers(List<String> regions, List<Worker> seen) {
        if (closed) {
            return;
        }
        Map<String, List<Worker>> byRegion = new TreeMap<>();
        Map<String, List<Worker>> there = seen.stream().collect(groupingBy(Worker::region));
        regions.forEach(region -> byRegion.put(region, there.getOrDefault(region, List.of())));
        workers.show(byTags(byRegion, List::size));
        slots.show(byTags(byRegion, some -> sum(some, Worker::slots)));
        busy.show(byTags(byRegion, some -> sum(some, Worker::busy)));
        held.show(byTags(byRegion, some -> sum(some, Worker::held)));
        unacked.show(byTags(byRegion, some -> sum(some, Worker::unacked)));
        loopLag.show(byTags(byRegion, RegionFigures::loopLagSeconds));
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
        Map<Tags, Double> shown = new HashMap<>();
        counts.forEach((region, count) -> {
            put(shown, region, "ready", count.ready());
            put(shown, region, "on_demand", count.onDemand());
            put(shown, region, "delayed", count.delayed());
            put(shown, region, "retrying", count.retrying());
            put(shown, region, "leased", count.leased());
            put(shown, region, "dead", count.dead());
        });
        jobs.show(shown);
        overdue.show(byTags(counts, count -> count.overdue().toMillis() / 1_000.0));
    }

    /** Shows nothing any more, also of what is still being read. */
    synchronized void close() {
        closed = true;
        List.of(workers, slots, busy, held, unacked, loopLag, jobs, overdue).forEach(gauge -> gauge.show(Map.of()));
    }

    private static void put(Map<Tags, Double> shown, String region, String state, int count) {
        shown.put(Tags.of("region", region, "state", state), (double) count);
    }

    private static <T> Map<Tags, Double> byTags(Map<String, T> regions, ToDoubleFunction<T> figure) {
        Map<Tags, Double> shown = new HashMap<>();
        regions.forEach((region, value) -> shown.put(Tags.of("region", region), figure.applyAsDouble(value)));
        return shown;
    }
}
