package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the monitor speaks for itself and cleans its house: at the start, every night, and a little after each cycle. Several
 * nodes may do it at the same time.
 */
public final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final LocalTime NIGHTLY = LocalTime.of(3, 17);
    private static final Duration NIGHTLY_SPREAD = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration FIGURES = Duration.ofSeconds(15);
    private static final Duration COUNTS = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Announcer announcer;
    private final Maintenance maintenance;
    private final SystemFigures figures;
    private final Families families;
    private final Runs runs;
    private final InstantSource clock;
    private final RandomGenerator random;
    /** One for all days, so that a day is a day long. */
    private final Duration jitter;

    private volatile boolean stopped;

    public Coordinator(
            Vertx vertx,
            Announcer announcer,
            Maintenance maintenance,
            SystemFigures figures,
            Families families,
            Runs runs,
            InstantSource clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.announcer = announcer;
        this.maintenance = maintenance;
        this.figures = figures;
        this.families = families;
        this.runs = runs;
        this.clock = clock;
        this.random = random;
        this.jitter = Duration.ofMillis(random.nextLong(NIGHTLY_SPREAD.toMillis()));
    }

    /** Completes after the first round, so that partitions are there before results are. Never fails. */
    public Future<Void> start() {
        everyFewSeconds();
        countAndAgain();
        tonight();
        return round();
    }

    private void everyFewSeconds() {
        if (!stopped) {
            figures.refresh().onComplete(shown -> after(FIGURES, this::everyFewSeconds));
        }
    }

    /** The answer says itself how long it is fresh; asking whether it is costs nothing. */
    private void countAndAgain() {
        if (!stopped) {
            maintenance.count().onComplete(done -> after(COUNTS, this::countAndAgain));
        }
    }

    private void tonight() {
        after(untilNight(clock.instant(), jitter), () -> {
            tonight();
            round().onComplete(done -> {});
        });
    }

    /** At least a minute, so that a clock that is a little behind the timer does not make two nights of one. */
    static Duration untilNight(Instant now, Duration jitter) {
        OffsetDateTime earliest = now.atOffset(ZoneOffset.UTC).plusMinutes(1);
        OffsetDateTime night =
                earliest.toLocalDate().atTime(NIGHTLY).atOffset(ZoneOffset.UTC).plus(jitter);
        return Duration.between(now, night.isBefore(earliest) ? night.plusDays(1) : night);
    }

    /** What failed is tried again soon, all of it: what succeeded has nothing left to do. */
    private Future<Void> round() {
        return Future.join(runs.run("maintenance", maintenance::run), runs.run("announce", this::announce))
                .map(both ->
                        both.<Done>resultAt(0).well() && both.<Done>resultAt(1).well())
                .onSuccess(this::againUnless)
                .mapEmpty();
    }

    private void againUnless(boolean well) {
        if (!well) {
            long most = AGAIN.toMillis() * 2;
            after(Duration.ofMillis(random.nextLong(AGAIN.toMillis(), most)), () -> round().onComplete(done -> {}));
        }
    }

    private Future<Done> announce() {
        return announcer
                .announce()
                .map(kinds -> kinds.isEmpty() ? Done.NOTHING : Done.well("announced kinds " + kinds))
                .onFailure(failure -> LOG.warn("the announcement failed: {}", failure.toString()));
    }

    /** A cycle is stored: much has changed. */
    public void cycleCompleted(CycleCompleted cycle) {
        LOG.debug("after the cycle {} in {}", cycle.cycle(), cycle.region());
        Future.join(
                        figures.refresh(),
                        runs.run("statistics", maintenance::afterCycle),
                        runs.run("families", families::look))
                .onComplete(done -> {});
    }

    private void after(Duration wait, Runnable work) {
        if (!stopped) {
            vertx.setTimer(Math.max(1, wait.toMillis()), timer -> {
                if (!stopped) {
                    work.run();
                }
            });
        }
    }

    /** Begins nothing more. Does not wait for what is going on: it is safe to leave. */
    public Future<Void> stop() {
        stopped = true;
        figures.close();
        return Future.succeededFuture();
    }
}
