package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.http.view.CycleNow.Region;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/** Whether cycles begin when they should, and end. */
final class CycleAlarms {
    private CycleAlarms() {}

    static List<Alarm> of(SystemParts parts, Now now) {
        List<Alarm> alarms = new ArrayList<>(begun(parts, now.at()));
        parts.newestCycles().values().stream()
                .filter(cycle -> cycle.state().equals("missed"))
                .map(CycleAlarms::missed)
                .forEach(alarms::add);
        CycleNow cycle = now.cycle();
        if (cycle != null) {
            cycle.regions().stream()
                    .filter(region -> isTooSlow(region, now.at()))
                    .map(region -> tooSlow(region, now.at()))
                    .forEach(alarms::add);
        }
        return alarms;
    }

    /** Another scheduler takes over within seconds: two ticks without a cycle are no matter of time. */
    private static List<Alarm> begun(SystemParts parts, Instant now) {
        List<Cycle> cycles = parts.cycles();
        if (cycles == null || cycles.isEmpty()) {
            return List.of();
        }
        CronTicks ticks = new CronTicks(parts.cron());
        Instant newest = cycles.get(0).cycle();
        return now.isBefore(ticks.after(ticks.after(newest)))
                ? List.of()
                : List.of(Alarm.failure(
                        "No cycle has begun since " + When.of(newest, now).text() + " UTC.",
                        "The next was due at "
                                + When.of(ticks.after(newest), now).text() + " UTC. Relays are not checked.",
                        "Start a node with the role scheduler, or see in the log of the one there is what keeps it."));
    }

    private static Alarm missed(Cycle cycle) {
        String why = cycle.why();
        return Alarm.warning(
                "The last cycle of " + cycle.region() + " was missed.",
                why == null ? "No reason is recorded." : Sentences.of(why),
                "Its relays are checked in the next one.");
    }

    static boolean isTooSlow(Region region, Instant at) {
        Duration left = region.left();
        return region.running() && left != null && at.plus(left).isAfter(region.deadline());
    }

    private static Alarm tooSlow(Region region, Instant now) {
        Duration left = region.left();
        String ends = left == null ? "" : When.minute(now.plus(left));
        return Alarm.warning(
                "The cycle of " + region.name() + " will not end in time.",
                "At its pace it ends at " + ends + " UTC; its deadline is " + When.minute(region.deadline()) + " UTC.",
                "Add a worker there, or raise worker.concurrency or the rate limits.");
    }
}
