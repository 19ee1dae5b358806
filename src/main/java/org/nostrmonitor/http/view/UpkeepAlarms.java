package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.http.view.Upkeep.Heard;
import org.nostrmonitor.storage.RunLog.Run;

/** Whether the database is kept in shape, and the monitor announced. */
final class UpkeepAlarms {
    /** Today and tomorrow. */
    private static final int LEAST_DAYS = 2;

    /** It is made every night, at a time of its own. */
    private static final Duration LONGEST_BETWEEN = Duration.ofHours(26);

    private UpkeepAlarms() {}

    static List<Alarm> of(SystemParts parts, Instant now) {
        List<Alarm> alarms = new ArrayList<>();
        Heard heard = parts.upkeep().heard();
        if (heard != null) {
            heard(heard, alarms);
        }
        List<Run> runs = parts.upkeep().runs();
        if (runs != null) {
            runs.stream()
                    .filter(run -> !run.well())
                    .map(run -> failed(run, now))
                    .forEach(alarms::add);
            runs.stream()
                    .filter(run -> run.job().equals(RunRow.MAINTENANCE)
                            && run.startedAt().plus(LONGEST_BETWEEN).isBefore(now))
                    .map(run -> old(run, now))
                    .forEach(alarms::add);
        }
        return alarms;
    }

    private static void heard(Heard heard, List<Alarm> alarms) {
        Long days = heard.partitionDays();
        if (!heard.any()) {
            alarms.add(Alarm.warning(
                    "No coordinator is heard of.",
                    "None has said anything for a minute, so nobody makes partitions, clears away what is old, or announces "
                            + "this monitor.",
                    "Start a node with the role coordinator, or see in the log of the one there is what keeps it."));
        } else if (days != null && days < LEAST_DAYS) {
            alarms.add(Alarm.warning(
                    "Partitions are made for only " + Numbers.plural(days, "day", "days") + " from today on.",
                    "They should be there for a week. On a day without one, each node has to make it before it can store.",
                    "See below what maintenance says."));
        }
    }

    private static Alarm failed(Run run, Instant now) {
        return Alarm.warning(
                RunRow.name(run.job()) + " failed at "
                        + When.of(run.startedAt(), now).text() + " UTC.",
                Sentences.of(run.result()),
                "It is tried again by itself; the coordinator’s log has more.");
    }

    private static Alarm old(Run run, Instant now) {
        return Alarm.warning(
                "Maintenance was made last at " + When.of(run.startedAt(), now).text() + " UTC.",
                "It should be made every night.",
                "See in the coordinator’s log what keeps it.");
    }
}
