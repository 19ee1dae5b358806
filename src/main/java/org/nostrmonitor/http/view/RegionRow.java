package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * What waits and who is at work in a region.
 *
 * @param workers how many, or null if none is seen
 * @param slots busy slots of all of them
 * @param last the newest cycle that was complete there, or null
 * @param overdue of the most urgent job, or null if none is
 * @param late whether that is more than one cycle
 */
public record RegionRow(
        String region,
        @Nullable String workers,
        String slots,
        @Nullable When last,
        String ready,
        String onDemand,
        String delayed,
        String retrying,
        String leased,
        String dead,
        boolean anyDead,
        @Nullable String overdue,
        boolean late) {

    /** By name, and the sum of all at the end if there are several. Null if Redis does not tell. */
    static @Nullable List<RegionRow> of(SystemParts parts, Instant now) {
        Map<String, QueueCounts> queue = parts.queue();
        if (queue == null || parts.workers() == null) {
            return null;
        }
        List<RegionRow> rows = new ArrayList<>();
        new TreeMap<>(queue)
                .forEach((region, counts) -> rows.add(of(
                        Said.flat(region),
                        counts,
                        parts.workersOf(region),
                        last(parts, region, now),
                        parts.cadence())));
        if (rows.size() > 1) {
            rows.add(of("All", sum(queue), parts.workers(), null, parts.cadence()));
        }
        return List.copyOf(rows);
    }

    private static RegionRow of(
            String name, QueueCounts counts, List<Worker> workers, @Nullable When last, Duration cadence) {
        int busy = workers.stream().mapToInt(Worker::busy).sum();
        int slots = workers.stream().mapToInt(Worker::slots).sum();
        return new RegionRow(
                name,
                workers.isEmpty() ? null : Numbers.count(workers.size()),
                Numbers.count(busy) + " of " + Numbers.count(slots) + " slots",
                last,
                Numbers.count(counts.ready()),
                Numbers.count(counts.onDemand()),
                Numbers.count(counts.delayed()),
                Numbers.count(counts.retrying()),
                Numbers.count(counts.leased()),
                Numbers.count(counts.dead()),
                counts.dead() > 0,
                counts.overdue().toSeconds() > 0 ? Numbers.span(counts.overdue()) : null,
                counts.overdue().compareTo(cadence) > 0);
    }

    private static @Nullable When last(SystemParts parts, String region, Instant now) {
        List<Cycle> cycles = parts.cycles();
        return cycles == null
                ? null
                : cycles.stream()
                        .filter(c -> c.region().equals(region) && c.state().equals("complete"))
                        .findFirst()
                        .map(c -> When.of(c.cycle(), now))
                        .orElse(null);
    }

    /** Of the waits, the longest. */
    static QueueCounts sum(Map<String, QueueCounts> queue) {
        return queue.values().stream()
                .reduce(
                        new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO),
                        (a, b) -> new QueueCounts(
                                a.ready() + b.ready(),
                                a.onDemand() + b.onDemand(),
                                a.delayed() + b.delayed(),
                                a.retrying() + b.retrying(),
                                a.leased() + b.leased(),
                                a.dead() + b.dead(),
                                a.overdue().compareTo(b.overdue()) > 0 ? a.overdue() : b.overdue()));
    }
}
