package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetStateJson;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.http.view.CycleNow.Estimate;
import org.nostrmonitor.http.view.RegionLetter;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * What pages and API read from Redis, each within two seconds, else {@link Unavailable}. Nothing here costs more because
 * more jobs are queued, and what is read often is shared for a second.
 */
final class QueueReading {
    private static final Duration SHARED = Duration.ofSeconds(1);
    private static final int MOST_REGIONS = 50;
    private static final int MOST_LETTERS = 20;

    private final Sources sources;
    private final String own;
    private final Supplier<Future<List<Cycle>>> cycles;
    private final BriefMemory<QueueNow> now;
    private volatile Set<String> lastRegions;

    /**
     * @param own the region of this node, looked at even while nothing happens there
     * @param cycles the latest, whose regions are looked at
     */
    QueueReading(Sources sources, String own, Supplier<Future<List<Cycle>>> cycles, InstantSource clock) {
        this.sources = sources;
        this.own = own;
        this.cycles = cycles;
        this.lastRegions = Set.of(own);
        this.now = new BriefMemory<>(this::read, SHARED, clock);
    }

    /** @param counts by region, those without a worker too */
    record QueueNow(Map<String, QueueCounts> counts, List<Worker> workers) {
        QueueNow {
            workers = List.copyOf(workers);
        }
    }

    /** All regions and all workers. */
    Future<QueueNow> now() {
        return now.get();
    }

    /** All workers, as far as Redis tells; never fails, for pages that are about something else. */
    Future<List<Worker>> workers() {
        return now().map(QueueNow::workers).otherwise(List.of());
    }

    private Future<QueueNow> read() {
        return Within.redis(sources.workers().seen())
                .compose(
                        workers -> regions(workers).compose(this::counts).map(counts -> new QueueNow(counts, workers)));
    }

    /**
     * Where a worker is, where a cycle was lately, and our own. Never fails: without PostgreSQL they are those that had a
     * cycle when it last answered.
     */
    private Future<Set<String>> regions(List<Worker> workers) {
        return cycles.get()
                .map(latest -> {
                    Set<String> regions = new TreeSet<>();
                    latest.stream()
                            .map(Cycle::region)
                            .distinct()
                            .limit(MOST_REGIONS)
                            .forEach(regions::add);
                    lastRegions = Set.copyOf(regions);
                    return regions;
                })
                .otherwise(away -> new TreeSet<>(lastRegions))
                .map(regions -> {
                    workers.stream()
                            .map(Worker::region)
                            .distinct()
                            .limit(MOST_REGIONS)
                            .forEach(regions::add);
                    regions.add(own);
                    return regions;
                });
    }

    private Future<Map<String, QueueCounts>> counts(Set<String> regions) {
        return each(regions, sources.queue()::counts);
    }

    private static <T> Future<Map<String, T>> each(
            Set<String> regions, java.util.function.Function<String, Future<T>> read) {
        Map<String, Future<T>> readings = new TreeMap<>();
        regions.forEach(region -> readings.put(region, Within.redis(read.apply(region))));
        return Future.all(List.copyOf(readings.values())).map(all -> {
            Map<String, T> results = new TreeMap<>();
            readings.forEach((region, reading) -> results.put(region, reading.result()));
            return results;
        });
    }

    /** The newest dead letters over all regions, newest first, at most 20. */
    Future<List<RegionLetter>> letters() {
        return now().compose(queue -> each(
                        queue.counts().keySet(), region -> sources.deadLetters().newest(region, MOST_LETTERS)))
                .map(QueueReading::newest);
    }

    private static List<RegionLetter> newest(Map<String, List<DeadLetter>> byRegion) {
        return byRegion.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(letter -> new RegionLetter(entry.getKey(), letter)))
                .sorted((a, b) -> b.letter().at().compareTo(a.letter().at()))
                .limit(MOST_LETTERS)
                .toList();
    }

    /** The newest dead letters of one region. */
    Future<List<DeadLetter>> letters(String region, int most) {
        return Within.redis(sources.deadLetters().newest(region, most));
    }

    /** Where the jobs of a relay are, in all regions, the newest first. */
    Future<List<JobStatus>> jobs(RelayUrl relay) {
        return now().compose(queue ->
                        each(queue.counts().keySet(), region -> sources.queue().jobs(region, relay)))
                .map(byRegion -> byRegion.values().stream()
                        .flatMap(List::stream)
                        .sorted((a, b) -> b.cycle().compareTo(a.cycle()))
                        .toList());
    }

    /** How far a cycle is. */
    Future<CycleProgress> progress(Cycle cycle) {
        return Within.redis(sources.queue().progress(cycle.region(), cycle.cycle()));
    }

    /** The pace of a cycle that runs, as its scheduler measures it. Null if none told within a minute; never fails. */
    Future<@Nullable Estimate> estimate(Cycle cycle) {
        return figures("cycle." + cycle.region())
                .map(figures -> figures == null ? null : estimate(figures, cycle))
                .otherwise((Estimate) null);
    }

    /** The figures of a region's last cycle stay for a minute: they are not those of the next one. */
    private static @Nullable Estimate estimate(JsonObject figures, Cycle cycle) {
        try {
            String of = figures.getString("cycle");
            boolean same = of == null || of.equals(cycle.cycle().toString());
            Integer planned = figures.getInteger("planned");
            Double perSecond = figures.getDouble("perSecond");
            if (!same || planned == null || planned != cycle.planned() || perSecond == null) {
                return null;
            }
            Double left = figures.getDouble("leftSeconds");
            return new Estimate(perSecond, left == null || left < 0 ? null : Duration.ofMillis((long) (left * 1e3)));
        } catch (ClassCastException notOurs) {
            return null;
        }
    }

    /** Figures of the whole system, as a coordinator last saw them; null if none did within a minute. */
    Future<@Nullable JsonObject> systemFigures() {
        return figures(RecentResults.SYSTEM);
    }

    /** How it stands with the publishing targets, as a publisher last said; null if none did within a minute. */
    Future<@Nullable List<TargetState>> targets() {
        return figures(RecentResults.TARGETS).map(json -> json == null ? null : TargetStateJson.read(json));
    }

    private Future<@Nullable JsonObject> figures(String name) {
        return Within.redis(sources.recent().figures(name));
    }
}
