package org.nostrmonitor.coordinate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.storage.Housekeeping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database in shape: partitions made ahead and dropped behind, what nothing points to removed, statistics fresh.
 * A step that fails is logged and counted, and the next ones are made all the same.
 */
public final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final int DAYS_AHEAD = 7;
    private static final long STEP_TIMEOUT_MINUTES = 10;
    private static final Duration LEAST_BETWEEN_LIGHT = Duration.ofHours(1);

    private final Housekeeping housekeeping;
    private final MonitorConfig.Retention retention;
    private final MeterRegistry meters;
    private final InstantSource clock;
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
    }

    /** Everything, at the start and daily. Never fails. */
    public Future<Done> run() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate oldest = today.minusDays(retention.resultDays());
        return run(List.of(
                new Step(
                        "make_partitions",
                        () -> housekeeping
                                .makePartitions(today.minusDays(1), today.plusDays(DAYS_AHEAD))
                                .map(made -> made + " partitions made")),
                new Step(
                        "drop_partitions",
                        () -> housekeeping.dropPartitions(oldest).map(dropped -> dropped + " dropped")),
                new Step(
                        "remove_orphans",
                        () -> housekeeping.removeOrphans(oldest).map(rows -> rows + " orphaned rows removed")),
                analyze()));
    }

    /** What is worth doing after a cycle: fresh statistics, at most once an hour. Never fails. */
    public Future<Done> afterCycle() {
        Instant due = clock.instant().minus(LEAST_BETWEEN_LIGHT);
        return analyzed.isAfter(due) ? Future.succeededFuture(Done.NOTHING) : run(List.of(analyze()));
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
