package org.nostrmonitor.coordinate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.storage.Housekeeping;
import org.nostrmonitor.storage.MonitorNotes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database in shape: partitions made ahead and dropped behind, weeks rolled up, what nothing points to removed,
 * statistics fresh.
 * A step that fails is logged and counted, and the next ones are made all the same.
 */
public final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final int DAYS_AHEAD = 7;
    /** Today and tomorrow. */
    private static final int LEAST_DAYS_AHEAD = 2;

    private static final long STEP_TIMEOUT_MINUTES = 10;
    private static final long COUNT_TIMEOUT_SECONDS = 30;
    private static final Duration LEAST_BETWEEN_LIGHT = Duration.ofHours(1);

    private final Housekeeping housekeeping;
    private final MonitorConfig.Retention retention;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final AtomicInteger daysAhead = new AtomicInteger();
    private volatile Instant analyzed = Instant.MIN;

    /** @param label of the metric; {@code work} completes with what it did, in words */
    private record Step(String label, Supplier<Future<String>> work) {}

    /** What the steps of a run did, so far. */
    private record Account(String text, boolean well) {
        Account and(String more, boolean moreWell) {
            return new Account(text.isEmpty() ? more : text + ", " + more, well && moreWell);
        }
    }

    public Maintenance(
            Housekeeping housekeeping, MonitorConfig.Retention retention, MeterRegistry meters, InstantSource clock) {
        this.housekeeping = housekeeping;
        this.retention = retention;
        this.meters = meters;
        this.clock = clock;
        Gauge.builder("monitor.partitions.ahead", daysAhead, AtomicInteger::get)
                .description("days from today on that have a place for results, as of the last look")
                .baseUnit("days")
                .register(meters);
    }

    /** Everything, at the start and daily. Never fails. */
    public Future<Done> run() {
        LocalDate today = today();
        LocalDate oldest = today.minusDays(retention.resultDays());
        List<Step> steps = new ArrayList<>(List.of(
                new Step(
                        "make_partitions",
                        () -> housekeeping
                                .makePartitions(today.minusDays(1), today.plusDays(DAYS_AHEAD))
                                .map(made -> made + " partitions made")),
                partitionsAhead(),
                new Step("roll_up", () -> housekeeping.rollUp(today).map(weeks -> weeks + " weeks rolled up")),
                new Step(
                        "drop_partitions",
                        () -> housekeeping.dropPartitions(oldest).map(dropped -> dropped + " days dropped")),
                new Step(
                        "drop_hours",
                        () -> housekeeping
                                .dropHours(today.minusDays(retention.hourlyDays()))
                                .map(dropped -> dropped + " days of hours dropped"))));
        if (retention.dailyDays() > 0) {
            steps.add(new Step(
                    "drop_days",
                    () -> housekeeping
                            .dropDays(today.minusDays(retention.dailyDays()))
                            .map(dropped -> dropped + " months of days and incidents dropped")));
        }
        steps.add(new Step(
                "remove_orphans",
                () -> housekeeping.removeOrphans(oldest).map(rows -> rows + " orphaned rows removed")));
        steps.add(new Step(
                "forget_monitors",
                () -> housekeeping
                        .forgetMonitors(clock.instant().minus(MonitorNotes.KEPT))
                        .map(rows -> rows + " old rows of other monitors removed")));
        steps.add(analyze());
        return run(steps);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /**
     * What is worth doing after a cycle: a look whether there are partitions, and fresh statistics, at most once an hour.
     * Never fails.
     */
    public Future<Done> afterCycle() {
        Instant due = clock.instant().minus(LEAST_BETWEEN_LIGHT);
        return analyzed.isAfter(due)
                ? Future.succeededFuture(Done.NOTHING)
                : run(List.of(partitionsAhead(), analyze()));
    }

    /** Counts relays for the pages. Never fails: the next time comes soon, and pages can count for themselves. */
    public Future<Void> count() {
        return housekeeping
                .countNetwork()
                .timeout(COUNT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .onFailure(failure -> LOG.debug("relays could not be counted", failure))
                .otherwiseEmpty();
    }

    /** An alarm before the day comes that has no place for results. Fails if tomorrow has none. */
    private Step partitionsAhead() {
        return new Step(
                "partitions_ahead",
                () -> housekeeping.daysAhead(today()).map(days -> {
                    daysAhead.set(days);
                    if (days < LEAST_DAYS_AHEAD) {
                        throw new IllegalStateException("partitions for only " + days + " days from today on");
                    }
                    return "partitions for " + days + " days";
                }));
    }

    private Step analyze() {
        return new Step("analyze", () -> {
            analyzed = clock.instant();
            return housekeeping.analyze().map("statistics refreshed");
        });
    }

    private Future<Done> run(List<Step> steps) {
        long start = System.nanoTime();
        Future<Account> account = Future.succeededFuture(new Account("", true));
        for (Step step : steps) {
            account = account.compose(before -> run(step, before));
        }
        return account.map(all -> {
            log(all, Duration.ofNanos(System.nanoTime() - start));
            return new Done(all.well(), all.text());
        });
    }

    private Future<Account> run(Step step, Account before) {
        return step.work()
                .get()
                .timeout(STEP_TIMEOUT_MINUTES, TimeUnit.MINUTES)
                .map(did -> before.and(did, true))
                .otherwise(failure -> {
                    Counter.builder("monitor.maintenance.failures")
                            .description("steps of the maintenance that failed")
                            .tag("step", step.label())
                            .register(meters)
                            .increment();
                    return before.and(step.label() + " failed: " + failure.getMessage(), false);
                });
    }

    private static void log(Account account, Duration took) {
        if (account.well()) {
            LOG.info("maintenance in {} ms: {}", took.toMillis(), account.text());
        } else {
            LOG.warn("maintenance in {} ms: {}", took.toMillis(), account.text());
        }
    }
}
