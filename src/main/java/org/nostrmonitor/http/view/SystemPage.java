package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/**
 * {@code /system}: is the monitor well.
 *
 * @param queue null if Redis did not say
 * @param workers null if Redis did not say
 * @param deadLetters null if Redis did not say
 */
public record SystemPage(
        Frame frame,
        StateMark mark,
        String verdict,
        String lede,
        List<Fig> figs,
        List<String> alarms,
        @Nullable CyclePanel cycle,
        String cron,
        List<Target> targets,
        @Nullable List<Queue> queue,
        @Nullable List<Work> workers,
        List<Past> cycles,
        @Nullable List<Dead> deadLetters) {

    public record Target(Address address, String waiting) {}

    public record Queue(String region, String ready, String delayed, String leased, String dead) {}

    /** @param share of its slots that are busy, per cent */
    public record Work(
            String id,
            String region,
            String slots,
            String share,
            String probes,
            String lag,
            When startedAt,
            String note) {}

    /** @param took from its start to its end, or null if it has not ended */
    public record Past(
            When cycle,
            String region,
            String state,
            String planned,
            @Nullable String took,
            @Nullable String why) {}

    /**
     * A dead letter.
     *
     * @param address null if the letter cannot be read as a job; then {@code id} is all that is known of it
     */
    public record Dead(
            When at,
            @Nullable Address address,
            Said id,
            @Nullable String region,
            @Nullable Integer attempt,
            Said why) {
        static Dead of(DeadLetter letter, Instant now) {
            CheckJob job = letter.job();
            return new Dead(
                    When.of(letter.at(), now),
                    job == null ? null : Address.of(job.relay()),
                    Said.of(letter.id()),
                    job == null ? null : job.region(),
                    job == null ? null : job.attempt(),
                    Said.of(letter.why()));
        }
    }

    /**
     * What was read; a null is what could not be.
     *
     * @param depth events pending, by target
     * @param deadLetters newest first
     */
    public record Parts(
            List<Cycle> cycles,
            Map<String, Integer> depth,
            @Nullable Map<String, QueueCounts> queue,
            @Nullable List<Worker> workers,
            @Nullable List<DeadLetter> deadLetters,
            String cron) {}

    public static SystemPage of(Frame.Site site, Now now, Parts parts) {
        Instant at = now.at();
        List<String> alarms = SystemAlarms.of(parts);
        boolean well = alarms.isEmpty();
        String verdict = well
                ? "The monitor is well."
                : "The monitor has " + Numbers.plural(alarms.size(), "warning", "warnings") + ".";
        CyclePanel cycle = CyclePanel.of(now);
        return new SystemPage(
                Frame.of(site, now, "System", verdict, "system"),
                new StateMark(well ? "on" : "warn", well ? "is-on" : "warn", verdict),
                verdict,
                cycle == null
                        ? "No cycle has been planned yet."
                        : cycle.summary() + " in this cycle, " + cycle.tail() + ".",
                figs(parts),
                alarms,
                cycle,
                parts.cron(),
                targets(parts.depth()),
                queue(parts.queue()),
                workers(parts.workers(), at),
                parts.cycles().stream().map(past -> past(past, at)).toList(),
                dead(parts.deadLetters(), at));
    }

    private static List<Fig> figs(Parts parts) {
        Map<String, QueueCounts> queue = parts.queue();
        List<Worker> workers = parts.workers();
        int pending =
                parts.depth().values().stream().mapToInt(Integer::intValue).sum();
        List<Fig> figs = new ArrayList<>();
        if (queue != null) {
            int waiting = queue.values().stream().mapToInt(c -> c.waiting()).sum();
            figs.add(Fig.count("In the queue", waiting, "ready or delayed"));
            figs.add(Fig.count(
                    "Being probed",
                    queue.values().stream().mapToInt(QueueCounts::leased).sum(),
                    "leased"));
            figs.add(Fig.count(
                    "Dead letters",
                    queue.values().stream().mapToInt(QueueCounts::dead).sum(),
                    "our own faults"));
        }
        if (workers != null) {
            long regions = workers.stream().map(Worker::region).distinct().count();
            figs.add(Fig.count("Workers", workers.size(), "in " + Numbers.plural(regions, "region", "regions")));
        }
        figs.add(Fig.count(
                "Events pending", pending, "for " + Numbers.plural(parts.depth().size(), "target", "targets")));
        return figs;
    }

    private static List<Target> targets(Map<String, Integer> depth) {
        List<Target> targets = new ArrayList<>();
        new TreeMap<>(depth)
                .forEach((url, n) -> targets.add(new Target(Address.of(RelayUrl.of(url)), Numbers.count(n))));
        return targets;
    }

    private static @Nullable List<Queue> queue(@Nullable Map<String, QueueCounts> counts) {
        if (counts == null) {
            return null;
        }
        List<Queue> rows = new ArrayList<>();
        new TreeMap<>(counts)
                .forEach((region, c) -> rows.add(new Queue(
                        region,
                        Numbers.count(c.ready()),
                        Numbers.count(c.delayed()),
                        Numbers.count(c.leased()),
                        Numbers.count(c.dead()))));
        return rows;
    }

    private static @Nullable List<Work> workers(@Nullable List<Worker> workers, Instant now) {
        return workers == null
                ? null
                : workers.stream().map(worker -> work(worker, now)).toList();
    }

    private static Work work(Worker worker, Instant now) {
        boolean slots = worker.slots() > 0;
        return new Work(
                worker.id(),
                worker.region(),
                Numbers.count(worker.busy()) + " of " + Numbers.count(worker.slots()),
                slots ? Numbers.percent(Math.min(worker.busy(), worker.slots()), worker.slots(), 1) + "%" : "0%",
                Numbers.count(worker.probes()),
                Numbers.count(worker.loopLagMs()),
                When.of(worker.startedAt(), now),
                Said.flat(worker.note()));
    }

    private static Past past(Cycle cycle, Instant now) {
        Instant end = cycle.completedAt();
        return new Past(
                When.of(cycle.cycle(), now),
                cycle.region(),
                cycle.state(),
                Numbers.count(cycle.planned()),
                end == null ? null : Numbers.span(Duration.between(cycle.startedAt(), end)),
                cycle.why());
    }

    private static @Nullable List<Dead> dead(@Nullable List<DeadLetter> letters, Instant now) {
        return letters == null
                ? null
                : letters.stream().map(letter -> Dead.of(letter, now)).toList();
    }
}
