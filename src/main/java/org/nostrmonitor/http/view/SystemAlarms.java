package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.http.view.CycleNow.Region;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/** What needs a person, in sentences, the worst first. */
final class SystemAlarms {
    /** A worker that has just started may not have claimed yet. */
    private static final Duration TIME_TO_BEGIN = Duration.ofSeconds(30);

    /** As many as a page that is about something else has room for. */
    private static final int MOST_DOUBTS = 3;

    private final SystemParts parts;
    private final Now now;
    private final List<Alarm> alarms = new ArrayList<>();

    private SystemAlarms(SystemParts parts, Now now) {
        this.parts = parts;
        this.now = now;
    }

    static List<Alarm> of(SystemParts parts, Now now) {
        SystemAlarms alarms = new SystemAlarms(parts, now);
        alarms.away();
        alarms.regions();
        alarms.workers();
        alarms.cycles();
        alarms.letters();
        return List.copyOf(alarms.alarms);
    }

    private void add(String head, String detail) {
        alarms.add(Alarm.of(head, detail));
    }

    private void away() {
        if (parts.cycles() == null || parts.depth() == null) {
            add(
                    "PostgreSQL does not answer.",
                    "Cycles and what waits to be published cannot be told. Workers keep what they find, within bounds.");
        }
        if (parts.workers() == null || parts.queue() == null) {
            add(
                    "Redis does not answer.",
                    "What waits and who is at work cannot be told. What is under way is finished and stored.");
        }
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
                add(
                        "No worker is seen in " + region + ".",
                        jobs(counts.waiting()) + " there, and nobody takes "
                                + (counts.waiting() == 1 ? "it." : "them."));
            } else if (counts.overdue().compareTo(parts.cadence()) > 0) {
                add(
                        region + " cannot keep up.",
                        "Its most urgent job is overdue by " + Numbers.span(counts.overdue())
                                + ", more than one cycle.");
            }
        });
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
            add("Worker " + worker.id() + " is kept from working.", Sentences.of(worker.note()));
        } else if (counts != null && isIdle(worker, counts)) {
            int ready = counts.ready() + counts.onDemand();
            add(
                    "Worker " + worker.id() + " claims nothing.",
                    (ready == 1 ? "1 job is" : Numbers.count(ready) + " jobs are") + " ready in " + worker.region()
                            + ", the most urgent overdue by " + Numbers.span(counts.overdue()) + ".");
        }
    }

    /** What a reader of any page has to know: these results are old, and why. */
    static List<Alarm> doubts(List<Worker> workers) {
        return workers.stream()
                .filter(Worker::doubting)
                .limit(MOST_DOUBTS)
                .map(SystemAlarms::doubt)
                .toList();
    }

    private static Alarm doubt(Worker worker) {
        return Alarm.of(
                "Worker " + worker.id() + " of " + worker.region() + " doubts its own network.",
                Sentences.of(worker.note()));
    }

    private boolean isIdle(Worker worker, QueueCounts counts) {
        return worker.busy() == 0
                && counts.ready() + counts.onDemand() > 0
                && counts.overdue().compareTo(TIME_TO_BEGIN) > 0
                && worker.startedAt().plus(TIME_TO_BEGIN).isBefore(now.at());
    }

    private void cycles() {
        parts.newestCycles().values().stream()
                .filter(cycle -> cycle.state().equals("missed"))
                .forEach(this::missed);
        CycleNow cycle = now.cycle();
        if (cycle != null) {
            cycle.regions().stream()
                    .filter(region -> isTooSlow(region, now.at()))
                    .forEach(this::tooSlow);
        }
    }

    private void missed(Cycle cycle) {
        String why = cycle.why();
        add(
                "The last cycle of " + cycle.region() + " was missed.",
                why == null ? "No reason is recorded." : Sentences.of(why));
    }

    static boolean isTooSlow(Region region, Instant at) {
        Duration left = region.left();
        return region.running() && left != null && at.plus(left).isAfter(region.deadline());
    }

    private void tooSlow(Region region) {
        Duration left = region.left();
        String ends = left == null ? "" : When.minute(now.at().plus(left));
        add(
                "The cycle of " + region.name() + " will not end in time.",
                "At its pace it ends at " + ends + " UTC; its deadline is " + When.minute(region.deadline()) + " UTC.");
    }

    private void letters() {
        Map<String, QueueCounts> queue = parts.queue();
        int dead = queue == null
                ? 0
                : queue.values().stream().mapToInt(QueueCounts::dead).sum();
        if (dead > 0) {
            add(
                    Numbers.plural(dead, "job is a dead letter.", "jobs are dead letters."),
                    "Nobody tries " + (dead == 1 ? "it" : "them") + " again without being told to.");
        }
    }
}
