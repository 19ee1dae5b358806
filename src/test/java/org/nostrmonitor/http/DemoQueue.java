package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.http.view.RegionLetter;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** Queue, dead letters and workers in memory, to be changed by tests. Redis can be told to be away, or silent. */
final class DemoQueue implements QueueView, DeadLetters, Workers {
    private final InstantSource clock;
    final Map<String, QueueCounts> counts = new ConcurrentSkipListMap<>();
    final List<Worker> workers = new CopyOnWriteArrayList<>();
    final List<RegionLetter> letters = new CopyOnWriteArrayList<>();
    final List<JobStatus> jobs = new CopyOnWriteArrayList<>();
    final List<String> acts = new CopyOnWriteArrayList<>();
    volatile boolean away;
    volatile boolean silent;
    /** Of all regions, or null for what is different everywhere. */
    volatile @Nullable CycleProgress progress;

    DemoQueue(InstantSource clock) {
        this.clock = clock;
        Instant start = clock.instant().minus(Duration.ofHours(31));
        workers.add(new Worker("eu-west-1", "eu-west", start, 400, 3, 0, 2, 12_000, 3, ""));
        workers.add(new Worker("us-east-1", "us-east", start, 400, 7, 12, 0, 11_000, 38, ""));
        counts.put("eu-west", new QueueCounts(8, 0, 2, 1, 3, 0, Duration.ofSeconds(41)));
        counts.put("us-east", new QueueCounts(9, 1, 4, 0, 7, 0, Duration.ZERO));
        bury("eu-west", DemoData.LONG, "could not be stored: no connection to PostgreSQL within 5 s");
    }

    void bury(String region, RelayUrl relay, String why) {
        CheckJob job = new CheckJob(
                relay,
                region,
                DemoRelay.cycle(clock.instant()),
                Set.of(CheckType.OPEN),
                Map.of(CheckType.OPEN, Duration.ofSeconds(10)),
                null,
                List.of(),
                Priority.ONLINE,
                3);
        bury(region, new DeadLetter(job.id(), "{\"url\":\"" + relay + "\"}", job, why, buried()));
    }

    void buryUnreadable(String region, String id, String why) {
        bury(region, new DeadLetter(id, "{", null, why, buried()));
    }

    private void bury(String region, DeadLetter letter) {
        letters.add(0, new RegionLetter(region, letter));
    }

    /** The later, the newer. */
    private Instant buried() {
        return clock.instant().minusSeconds(4000).plusSeconds(letters.size());
    }

    private <T> Future<T> redis(T value) {
        if (silent) {
            return Future.future(never -> {});
        }
        return away
                ? Future.failedFuture(new QueueUnavailable("secret-host is away", new ConnectException()))
                : Future.succeededFuture(value);
    }

    private int dead(String region) {
        return (int) letters.stream().filter(l -> l.region().equals(region)).count();
    }

    @Override
    public Future<CycleProgress> progress(String region, Instant cycle) {
        CycleProgress same = progress;
        if (same != null) {
            return redis(same);
        }
        return redis(
                region.equals("eu-west") ? new CycleProgress(14, 45, 1, true) : new CycleProgress(21, 39, 0, true));
    }

    @Override
    public Future<QueueCounts> counts(String region) {
        QueueCounts c = counts.getOrDefault(region, new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO));
        return redis(new QueueCounts(
                c.ready(), c.onDemand(), c.delayed(), c.retrying(), c.leased(), dead(region), c.overdue()));
    }

    @Override
    public Future<Optional<JobStatus>> status(String region, Instant cycle, RelayUrl relay) {
        return redis(jobs.stream().filter(job -> job.region().equals(region)).findFirst());
    }

    @Override
    public Future<List<JobStatus>> jobs(String region, RelayUrl relay) {
        return redis(jobs.stream().filter(job -> job.region().equals(region)).toList());
    }

    @Override
    public Future<Audit> audit(String region) {
        return redis(new Audit(0, List.of()));
    }

    @Override
    public Future<List<DeadLetter>> newest(String region, int most) {
        return redis(letters.stream()
                .filter(l -> l.region().equals(region))
                .map(RegionLetter::letter)
                .limit(most)
                .toList());
    }

    /** What cannot be read as a job is left alone. */
    @Override
    public Future<Integer> retry(String region, Collection<String> ids, Instant cycle) {
        return redis(0).map(there -> take("retry", region, ids, true));
    }

    @Override
    public Future<Integer> retryAll(String region, Instant cycle) {
        return redis(0).map(there -> take("retryAll", region, ids(region), true));
    }

    @Override
    public Future<Integer> drop(String region, Collection<String> ids) {
        return redis(0).map(there -> take("drop", region, ids, false));
    }

    @Override
    public Future<Integer> dropAll(String region) {
        return redis(0).map(there -> take("dropAll", region, ids(region), false));
    }

    private List<String> ids(String region) {
        return letters.stream()
                .filter(l -> l.region().equals(region))
                .map(l -> l.letter().id())
                .toList();
    }

    private int take(String what, String region, Collection<String> ids, boolean jobsOnly) {
        List<RegionLetter> taken = new ArrayList<>(letters);
        taken.removeIf(l -> !l.region().equals(region)
                || !ids.contains(l.letter().id())
                || (jobsOnly && l.letter().job() == null));
        letters.removeAll(taken);
        acts.add(what + " " + region + " " + taken.size());
        return taken.size();
    }

    @Override
    public Future<Void> beat(Worker worker) {
        workers.add(worker);
        return redis(0).mapEmpty();
    }

    @Override
    public Future<Void> leave(String id) {
        workers.removeIf(worker -> worker.id().equals(id));
        return redis(0).mapEmpty();
    }

    @Override
    public Future<List<Worker>> seen() {
        return redis(List.copyOf(workers));
    }
}
