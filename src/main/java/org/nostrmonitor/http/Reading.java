package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.http.view.CycleNow;
import org.nostrmonitor.http.view.Now;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Result;

/** Everything that pages and API read, each within a time, and told apart: our fault now, or nothing there. */
final class Reading {
    private static final int PATIENCE_SECONDS = 5;
    private static final int REDIS_PATIENCE_SECONDS = 2;
    private static final int CYCLES_FOR_THE_NEWEST = 32;
    private static final int MOST_DEAD_LETTERS = 20;

    private final Sources sources;
    private final String region;
    private final InstantSource clock;
    private final BriefMemory<Overview> overview;
    private final BriefMemory<CycleState> cycle;

    Reading(Sources sources, String region, InstantSource clock) {
        this.sources = sources;
        this.region = region;
        this.clock = clock;
        this.overview = new BriefMemory<>(
                () -> stored("the overview", sources.views().overview()), Duration.ofSeconds(2), clock);
        this.cycle = new BriefMemory<>(this::newestCycle, Duration.ofSeconds(1), clock);
    }

    private record CycleState(@Nullable CycleNow cycle) {}

    Instant instant() {
        return clock.instant();
    }

    /** The moment and the cycle; never fails, since no page should for the sake of its frame. */
    Future<Now> now() {
        return cycle.get().otherwise(new CycleState(null)).map(state -> new Now(instant(), state.cycle));
    }

    /** The same as far as it is known without asking anybody. */
    Now latest() {
        CycleState known = cycle.latest();
        return new Now(instant(), known == null ? null : known.cycle);
    }

    Future<Overview> overview() {
        return overview.get();
    }

    Future<Page> relays(Query query) {
        return stored("the list of relays", sources.views().relays(query));
    }

    /** Fails with {@link Unknown} if the relay is not known. */
    Future<Detail> relay(RelayUrl url) {
        return stored("the relay", sources.views().relay(url))
                .compose(detail -> detail == null
                        ? Future.failedFuture(new Unknown(url + " is not among the relays that are checked here."))
                        : Future.succeededFuture(detail));
    }

    Future<List<Result>> results(RelayUrl url, @Nullable String from, @Nullable Instant before, int most) {
        return stored("the results", sources.views().results(url, from, before, most));
    }

    Future<List<NostrEvent>> discoveries(RelayUrl url) {
        return stored("the event", sources.outbox().discoveries(url));
    }

    Future<List<Cycle>> cycles(int most) {
        return stored("the cycles", sources.cycles().latest(most));
    }

    Future<Map<String, Integer>> outboxDepth() {
        return stored("what waits to be published", sources.outbox().depth());
    }

    /** Figures of the whole system, as a coordinator last saw them; null if none did within a minute. */
    Future<@Nullable JsonObject> systemFigures() {
        return queued(sources.recent().figures(RecentResults.SYSTEM));
    }

    Future<List<Worker>> workers() {
        return queued(sources.workers().seen());
    }

    /** By region: all that had a cycle lately, and our own. */
    Future<Map<String, QueueCounts>> queueCounts(List<Cycle> cycles) {
        List<String> regions = regions(cycles);
        return Future.all(regions.stream()
                        .map(name -> queued(sources.queue().counts(name)))
                        .toList())
                .map(all -> {
                    Map<String, QueueCounts> counts = new TreeMap<>();
                    for (int i = 0; i < regions.size(); i++) {
                        counts.put(regions.get(i), all.resultAt(i));
                    }
                    return counts;
                });
    }

    /** Of all regions, newest first. */
    Future<List<DeadLetter>> deadLetters(List<Cycle> cycles) {
        return Future.all(regions(cycles).stream()
                        .map(name -> queued(sources.deadLetters().newest(name, MOST_DEAD_LETTERS)))
                        .toList())
                .map(all -> all.<List<DeadLetter>>list().stream()
                        .flatMap(List::stream)
                        .sorted((a, b) -> b.at().compareTo(a.at()))
                        .limit(MOST_DEAD_LETTERS)
                        .toList());
    }

    private List<String> regions(List<Cycle> cycles) {
        return Stream.concat(Stream.of(region), cycles.stream().map(Cycle::region))
                .distinct()
                .sorted()
                .toList();
    }

    private Future<CycleState> newestCycle() {
        return cycles(CYCLES_FOR_THE_NEWEST).compose(this::withProgress);
    }

    private Future<CycleState> withProgress(List<Cycle> newestFirst) {
        if (newestFirst.isEmpty()) {
            return Future.succeededFuture(new CycleState(null));
        }
        Map<String, Cycle> newest = new TreeMap<>();
        newestFirst.forEach(c -> newest.putIfAbsent(c.region(), c));
        Instant tick = newestFirst.get(0).cycle();
        List<Future<CycleNow.Region>> regions =
                newest.values().stream().map(this::progress).toList();
        return Future.all(regions).map(all -> new CycleState(new CycleNow(tick, all.list())));
    }

    private Future<CycleNow.Region> progress(Cycle c) {
        return switch (c.state()) {
            case "running" ->
                queued(sources.queue().progress(c.region(), c.cycle()))
                        .map(progress -> region(c, done(c, progress)))
                        .otherwise(away -> region(c, null));
            case "complete" -> Future.succeededFuture(region(c, c.planned()));
            case "planning" -> Future.succeededFuture(region(c, 0));
            default -> Future.succeededFuture(region(c, null));
        };
    }

    private static int done(Cycle c, CycleProgress progress) {
        return Math.max(0, c.planned() - progress.remaining());
    }

    private static CycleNow.Region region(Cycle c, @Nullable Integer done) {
        return new CycleNow.Region(
                c.region(),
                c.cycle(),
                c.state(),
                c.planned(),
                done,
                c.startedAt(),
                c.deadline(),
                c.completedAt(),
                c.why());
    }

    private static <T extends @Nullable Object> Future<T> stored(String what, Future<T> reading) {
        return reading.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof InvalidCursor
                                ? failure
                                : new Unavailable("PostgreSQL did not give us " + what + ".", failure)));
    }

    private static <T> Future<T> queued(Future<T> reading) {
        return reading.timeout(REDIS_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(new Unavailable("Redis does not answer.", failure)));
    }
}
