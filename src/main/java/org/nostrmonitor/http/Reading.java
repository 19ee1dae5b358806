package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.CycleNow;
import org.nostrmonitor.http.view.CycleNow.Estimate;
import org.nostrmonitor.http.view.Now;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Administration.Action;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.OtherMonitors.Testimony;
import org.nostrmonitor.storage.Published;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RunLog.Run;

/** Everything that pages and API read, each within a time, and told apart: our fault now, or nothing there. */
final class Reading {
    private static final int CYCLES_KEPT = 64;

    private final Sources sources;
    private final InstantSource clock;
    private final BriefMemory<Told<Overview>> overview;
    private final BriefMemory<List<Cycle>> cycles;
    private final BriefMemory<CycleState> cycle;
    private final QueueReading queue;
    private final PastReading past;

    Reading(Sources sources, String region, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
        this.overview = new BriefMemory<>(new LastOverview(sources, clock)::read, Duration.ofSeconds(2), clock);
        this.cycles = new BriefMemory<>(() -> cycles(CYCLES_KEPT), Duration.ofSeconds(1), clock);
        this.cycle = new BriefMemory<>(() -> cycles.get().compose(this::withProgress), Duration.ofSeconds(1), clock);
        this.queue = new QueueReading(sources, region, cycles::get, clock);
        this.past = new PastReading(sources.history(), sources.statistics(), clock);
    }

    private record CycleState(@Nullable CycleNow cycle) {}

    Instant instant() {
        return clock.instant();
    }

    /** What Redis tells. */
    QueueReading queue() {
        return queue;
    }

    /** What was. */
    PastReading past() {
        return past;
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

    /** While PostgreSQL is away, the last one that is known. */
    Future<Told<Overview>> overview() {
        return overview.get();
    }

    Future<Page> relays(Query query) {
        return Within.postgres("the list of relays", sources.views().relays(query));
    }

    /** The newest results over all relays, newest first, from Redis: also while PostgreSQL is away. */
    Future<List<JsonObject>> newestResults(int most) {
        return Within.redis(sources.recent().newest(most));
    }

    /** One of many pages, without strips and without a count. */
    Future<Page> part(Query query) {
        return Within.postgres("the list of relays", sources.views().part(query));
    }

    /** Fails with {@link Unknown} if the relay is not known. */
    Future<Detail> relay(RelayUrl url) {
        return Within.postgres("the relay", sources.views().relay(url))
                .compose(detail ->
                        detail == null ? Future.failedFuture(Unknown.relay(url)) : Future.succeededFuture(detail));
    }

    /** The same URL; fails with {@link Unknown} if the relay is not known. For whoever tells of it something else. */
    Future<RelayUrl> known(RelayUrl url) {
        return Within.postgres("the relay", sources.views().isKnown(url))
                .compose(known -> known ? Future.succeededFuture(url) : Future.failedFuture(Unknown.relay(url)));
    }

    /** The other URLs of a relay. */
    Future<Family> family(RelayUrl url) {
        return Within.postgres("the aliases", sources.views().family(url));
    }

    /** Who the other monitors are. */
    Future<Testimony> monitors() {
        return Within.postgres("the other monitors", sources.monitors().all());
    }

    /** What they say of a relay. */
    Future<Testimony> monitors(RelayUrl url) {
        return Within.postgres("what other monitors say", sources.monitors().of(url));
    }

    Future<List<Result>> results(RelayUrl url, @Nullable String from, @Nullable Instant before, int most) {
        return Within.postgres("the results", sources.views().results(url, from, before, most));
    }

    /** The discovery events of a relay, with what became of each at its targets. */
    Future<List<Published>> published(RelayUrl url) {
        return Within.postgres("the event", sources.outbox().deliveries(url));
    }

    /** Newest first. */
    Future<List<Cycle>> cycles(int most) {
        return Within.postgres("the cycles", sources.cycles().latest(most));
    }

    /** The newest of them, at most 64, shared with whoever asks within the same second. */
    Future<List<Cycle>> recentCycles(int most) {
        return cycles.get().map(latest -> latest.stream().limit(most).toList());
    }

    Future<Map<String, Integer>> outboxDepth() {
        return Within.postgres("what waits to be published", sources.outbox().depth());
    }

    /** What coordinators did last, the newest of each job. */
    Future<List<Run>> runs() {
        return Within.postgres("what the coordinators did", sources.runs().newest());
    }

    /** What administrators did, newest first. */
    Future<List<Action>> actions(int most) {
        return Within.postgres("the audit", sources.administration().actions(most));
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
            case "running" -> running(c);
            case "complete" -> Future.succeededFuture(CycleNow.Region.of(c, c.planned()));
            case "planning" -> Future.succeededFuture(CycleNow.Region.of(c, 0));
            default -> Future.succeededFuture(CycleNow.Region.of(c, null));
        };
    }

    private Future<CycleNow.Region> running(Cycle c) {
        Future<CycleProgress> progress = queue.progress(c);
        Future<@Nullable Estimate> estimate = queue.estimate(c);
        return Future.join(progress, estimate)
                .map(both -> CycleNow.Region.of(
                        c, done(c, progress.result()), progress.result().dead(), estimate.result()))
                .otherwise(away -> CycleNow.Region.of(c, null));
    }

    /**
     * What is neither left nor dead. Before the seal, or when Redis has lost the cycle, that would be too much: then only
     * what Redis remembers as done.
     */
    private static int done(Cycle c, CycleProgress progress) {
        return progress.sealed()
                ? Math.max(0, c.planned() - progress.remaining() - progress.dead())
                : Math.min(c.planned(), progress.done());
    }
}
