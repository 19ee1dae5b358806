package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nostrmonitor.cache.Workers.Worker;

/** What needs a person, in sentences, the worst first. */
final class SystemAlarms {
    /** As many as a page that is about something else has room for. */
    private static final int MOST_DOUBTS = 3;

    private SystemAlarms() {}

    /** Failures, then warnings; each in the order of a check's life. */
    static List<Alarm> of(SystemParts parts, Now now) {
        List<Alarm> alarms = new ArrayList<>(away(parts));
        alarms.addAll(CycleAlarms.of(parts, now));
        alarms.addAll(WorkAlarms.of(parts, now));
        alarms.addAll(PublishingAlarms.of(parts));
        alarms.addAll(UpkeepAlarms.of(parts, now.at()));
        alarms.sort(Comparator.comparing(Alarm::severity));
        return List.copyOf(alarms);
    }

    private static List<Alarm> away(SystemParts parts) {
        List<Alarm> alarms = new ArrayList<>();
        if (parts.cycles() == null || parts.depth() == null) {
            alarms.add(Alarm.failure(
                    "PostgreSQL does not answer.",
                    "Cycles and what waits to be published cannot be told. Workers keep what they find, within bounds.",
                    "Start it again, or let this node reach it; nothing else is to be done."));
        }
        if (parts.workers() == null || parts.queue() == null) {
            alarms.add(Alarm.failure(
                    "Redis does not answer.",
                    "What waits and who is at work cannot be told. What is under way is finished and stored.",
                    "Start it again, or let this node reach it; what it lost is planned anew."));
        }
        return alarms;
    }

    /** What a reader of any page has to know: these results are old, and why. */
    static List<Alarm> doubts(List<Worker> workers) {
        return workers.stream()
                .filter(Worker::doubting)
                .limit(MOST_DOUBTS)
                .map(WorkAlarms::doubt)
                .toList();
    }
}
