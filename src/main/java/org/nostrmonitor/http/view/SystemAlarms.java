package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.http.view.SystemPage.Parts;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/** What needs a person, in sentences. */
final class SystemAlarms {
    private SystemAlarms() {}

    static List<String> of(Parts parts) {
        List<String> alarms = new ArrayList<>();
        List<Worker> workers = parts.workers();
        Map<String, QueueCounts> queue = parts.queue();
        if (workers == null || queue == null) {
            alarms.add("Redis does not answer: what waits and who is at work cannot be told.");
        }
        newest(parts.cycles()).forEach((region, cycle) -> {
            if (cycle.state().equals("missed")) {
                alarms.add("The last cycle of " + region + " was missed"
                        + (cycle.why() == null ? "." : ": " + cycle.why() + "."));
            }
            boolean open = cycle.state().equals("running") || cycle.state().equals("planning");
            if (open
                    && workers != null
                    && workers.stream().noneMatch(w -> w.region().equals(region))) {
                alarms.add("No worker is seen in " + region + ", so its jobs wait.");
            }
        });
        int dead = queue == null
                ? 0
                : queue.values().stream().mapToInt(QueueCounts::dead).sum();
        if (dead > 0) {
            alarms.add(Numbers.plural(dead, "job is a dead letter", "jobs are dead letters") + ": our own faults.");
        }
        return alarms;
    }

    /** Cycles come newest first. */
    private static Map<String, Cycle> newest(List<Cycle> cycles) {
        Map<String, Cycle> newest = new LinkedHashMap<>();
        cycles.forEach(cycle -> newest.putIfAbsent(cycle.region(), cycle));
        return newest;
    }
}
