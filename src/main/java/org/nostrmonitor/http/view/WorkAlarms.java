package org.nostrmonitor.http.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/** Whether jobs are done: by region, by worker, and those that nobody does any more. */
final class WorkAlarms {
    /** A worker that has just started may not have claimed yet. */
    private static final Duration TIME_TO_BEGIN = Duration.ofSeconds(30);

    private final SystemParts parts;
    private final Now now;
    private final List<Alarm> alarms = new ArrayList<>();

    private WorkAlarms(SystemParts parts, Now now) {
        this.parts = parts;
        this.now = now;
    }

    static List<Alarm> of(SystemParts parts, Now now) {
        WorkAlarms work = new WorkAlarms(parts, now);
        work.regions();
        work.workers();
        work.letters();
        return work.alarms;
    }

    private void regions() {
        Map<String, QueueCounts> queue = parts.queue();
        if (queue == null || parts.workers() == null) {
            return;
        }
        Map<String, Cycle> newest = parts.newestCycles();
        queue.forEach((region, counts) -> {
            boolean deserted = parts.workersOf(region).isEmpty();
            if (deserted && (counts.waiting() + counts.leased() > 0 || isOpen(newest.get(region)))) {
                alarms.add(deserted(region, counts));
            } else if (counts.overdue().compareTo(parts.cadence()) > 0) {
                alarms.add(Alarm.warning(
                        region + " cannot keep up.",
                        "Its most urgent job is overdue by " + Numbers.span(counts.overdue())
                                + ", more than one cycle.",
                        "Add a worker there, or raise worker.concurrency or the rate limits."));
            }
        });
    }

    private static Alarm deserted(String region, QueueCounts counts) {
        return Alarm.failure(
                "No worker is seen in " + region + ".",
                jobs(counts.waiting()) + " there, and nobody takes " + (counts.waiting() == 1 ? "it." : "them."),
                "Start a node with the role worker and this region.");
    }

    private static String jobs(int n) {
        return n == 0 ? "No job waits" : n == 1 ? "1 job waits" : Numbers.count(n) + " jobs wait";
    }

    private static boolean isOpen(@Nullable Cycle cycle) {
        return cycle != null
                && (cycle.state().equals("running") || cycle.state().equals("planning"));
    }

    private void workers() {
        List<Worker> workers = parts.workers();
        if (workers != null) {
            workers.forEach(this::worker);
        }
    }

    /** What a worker says of itself is better than what can be seen from here. */
    private void worker(Worker worker) {
        Map<String, QueueCounts> queue = parts.queue();
        QueueCounts counts = queue == null ? null : queue.get(worker.region());
        if (worker.doubting()) {
            alarms.add(doubt(worker));
        } else if (!worker.note().isBlank()) {
            alarms.add(Alarm.of("Worker " + worker.id() + " is kept from working.", Sentences.of(worker.note())));
        } else if (counts != null && isIdle(worker, counts)) {
            alarms.add(idle(worker, counts));
        } else if (worker.loopLagMs() > WorkerRow.LAG_BOUND_MS) {
            alarms.add(Alarm.warning(
                    "Worker " + worker.id() + " is too busy to measure well.",
                    "Its event loops are up to " + Numbers.count(worker.loopLagMs())
                            + " ms late. Times that were taken " + "while one was more than " + WorkerRow.LAG_BOUND_MS
                            + " ms late are withheld.",
                    "Lower worker.concurrency, or give it a machine with more room."));
        }
    }

    static Alarm doubt(Worker worker) {
        return Alarm.warning(
                "Worker " + worker.id() + " of " + worker.region() + " doubts its own network.",
                Sentences.of(worker.note()),
                "Relays keep the state they had until it trusts its network again; look at its connection.");
    }

    private boolean isIdle(Worker worker, QueueCounts counts) {
        return worker.busy() == 0
                && counts.ready() + counts.onDemand() > 0
                && counts.overdue().compareTo(TIME_TO_BEGIN) > 0
                && worker.startedAt().plus(TIME_TO_BEGIN).isBefore(now.at());
    }

    private static Alarm idle(Worker worker, QueueCounts counts) {
        int ready = counts.ready() + counts.onDemand();
        return Alarm.warning(
                "Worker " + worker.id() + " claims nothing.",
                (ready == 1 ? "1 job is" : Numbers.count(ready) + " jobs are") + " ready in " + worker.region()
                        + ", the most urgent overdue by " + Numbers.span(counts.overdue()) + ".",
                "Its log says why; start it again if it does not.");
    }

    private void letters() {
        Map<String, QueueCounts> queue = parts.queue();
        int dead = queue == null
                ? 0
                : queue.values().stream().mapToInt(QueueCounts::dead).sum();
        if (dead > 0) {
            alarms.add(Alarm.warning(
                    Numbers.plural(dead, "job is a dead letter.", "jobs are dead letters."),
                    "Nobody tries " + (dead == 1 ? "it" : "them") + " again without being told to.",
                    "Retry or drop them below."));
        }
    }
}
