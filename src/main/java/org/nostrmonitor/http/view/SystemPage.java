package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * {@code /system}: is the monitor well.
 *
 * @param cycle null if there is none, or if it cannot be told
 * @param targets null if neither PostgreSQL nor a publisher said anything
 * @param regions null if Redis did not say
 * @param workers null if Redis did not say
 * @param cycles null if PostgreSQL did not say
 * @param missed how many of {@code cycles} were missed, in words
 * @param counted how many alarms of which severity, in words
 * @param more how many alarms there are beside those that are shown, in words, or null if there are none
 * @param runs null if PostgreSQL did not say
 */
public record SystemPage(
        Frame frame,
        StateMark mark,
        String verdict,
        String lede,
        List<Fig> figs,
        List<Alarm> alarms,
        String counted,
        @Nullable String more,
        @Nullable CyclePanel cycle,
        String cron,
        @Nullable List<TargetRow> targets,
        @Nullable List<RegionRow> regions,
        @Nullable List<WorkerRow> workers,
        @Nullable List<Past> cycles,
        String missed,
        LettersPanel letters,
        @Nullable List<RunRow> runs,
        Foundation foundation) {
    private static final int MOST_ALARMS = 30;

    /** @param took from its start to its end, or null if it has not ended, or had no jobs */
    public record Past(
            When cycle,
            String region,
            String state,
            String planned,
            @Nullable String took,
            @Nullable Said why) {}

    public static SystemPage of(Frame.Site site, Now now, SystemParts parts) {
        Instant at = now.at();
        List<Alarm> alarms = SystemAlarms.of(parts, now);
        String verdict = verdict(alarms);
        int over = alarms.size() - MOST_ALARMS;
        CyclePanel cycle = CyclePanel.of(now);
        return new SystemPage(
                Frame.of(site, now, "System", verdict, "system"),
                alarms.isEmpty()
                        ? new StateMark("on", "is-on", verdict)
                        : alarms.get(0).mark(),
                verdict,
                lede(cycle, parts),
                figs(parts),
                alarms.stream().limit(MOST_ALARMS).toList(),
                counted(alarms),
                over > 0 ? "And " + Numbers.plural(over, "more.", "more of them.") : null,
                cycle,
                parts.cron(),
                TargetRow.of(parts.depth(), parts.targets(), at),
                RegionRow.of(parts, at),
                workers(parts.workers(), at),
                past(parts.cycles(), at),
                missed(parts.cycles()),
                LettersPanel.of(parts, at),
                RunRow.of(parts.upkeep().runs(), at),
                Foundation.of(parts));
    }

    /** What is worst, if anything does not work. */
    private static String verdict(List<Alarm> alarms) {
        if (alarms.isEmpty()) {
            return "The monitor is well.";
        }
        Alarm worst = alarms.get(0);
        return worst.failure()
                ? "The monitor is not well. " + worst.head()
                : "The monitor works, with " + counted(alarms) + ".";
    }

    private static String counted(List<Alarm> alarms) {
        long failures = alarms.stream().filter(Alarm::failure).count();
        long warnings = alarms.size() - failures;
        String failed = failures == 0 ? "" : Numbers.plural(failures, "failure", "failures");
        String warned = warnings == 0 ? "" : Numbers.plural(warnings, "warning", "warnings");
        return failed + (failures > 0 && warnings > 0 ? " and " : "") + warned;
    }

    private static String lede(@Nullable CyclePanel cycle, SystemParts parts) {
        if (parts.cycles() == null) {
            return "How far the cycle is cannot be told now.";
        }
        return cycle == null
                ? "No cycle has been planned yet."
                : cycle.summary() + " in this cycle, " + cycle.tail() + ".";
    }

    private static List<Fig> figs(SystemParts parts) {
        List<Fig> figs = new ArrayList<>();
        Map<String, QueueCounts> queue = parts.queue();
        if (queue != null) {
            QueueCounts all = RegionRow.sum(queue);
            boolean overdue = all.overdue().toSeconds() > 0;
            figs.add(Fig.count("In the queue", all.waiting(), Numbers.count(all.onDemand()) + " asked for"));
            figs.add(Fig.span(
                    "Longest overdue",
                    overdue ? all.overdue() : null,
                    overdue ? "the most urgent job" : "nothing is late"));
            figs.add(Fig.count("Being probed", all.leased(), "at a worker"));
            figs.add(Fig.count("Dead letters", all.dead(), "our own faults"));
        }
        List<Worker> workers = parts.workers();
        if (workers != null) {
            long regions = workers.stream().map(Worker::region).distinct().count();
            figs.add(Fig.count("Workers", workers.size(), "in " + Numbers.plural(regions, "region", "regions")));
        }
        Map<String, Integer> depth = parts.depth();
        if (depth != null) {
            int pending = depth.values().stream().mapToInt(Integer::intValue).sum();
            figs.add(Fig.count("Events pending", pending, "for " + Numbers.plural(depth.size(), "target", "targets")));
        }
        return figs;
    }

    private static @Nullable List<WorkerRow> workers(@Nullable List<Worker> workers, Instant now) {
        return workers == null
                ? null
                : workers.stream().map(worker -> WorkerRow.of(worker, now)).toList();
    }

    private static @Nullable List<Past> past(@Nullable List<Cycle> cycles, Instant now) {
        return cycles == null
                ? null
                : cycles.stream().map(cycle -> past(cycle, now)).toList();
    }

    private static Past past(Cycle cycle, Instant now) {
        Instant end = cycle.completedAt();
        String why = cycle.why();
        return new Past(
                When.of(cycle.cycle(), now),
                Said.flat(cycle.region()),
                cycle.state(),
                Numbers.count(cycle.planned()),
                end == null || cycle.planned() == 0 ? null : Numbers.span(Duration.between(cycle.startedAt(), end)),
                why == null ? null : Said.of(why));
    }

    private static String missed(@Nullable List<Cycle> cycles) {
        if (cycles == null || cycles.isEmpty()) {
            return "";
        }
        long missed = cycles.stream().filter(c -> c.state().equals("missed")).count();
        return missed == 0
                ? "none of the last " + cycles.size() + " was missed"
                : missed + " of the last " + cycles.size() + (missed == 1 ? " was missed" : " were missed");
    }
}
