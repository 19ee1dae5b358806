package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;

/** The clock of the scheduler: has it stand for the lead, look every second and at each tick, and answer requests. */
public final class SchedulerVerticle extends VerticleBase {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration OBSERVE_EVERY = Duration.ofSeconds(5);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);
    private static final Duration STAND_EVERY = Duration.ofSeconds(3);
    private static final double JITTER = 0.1;

    private final CheckScheduler scheduler;
    private final Bus bus;
    private final InstantSource clock;
    private boolean stopped;

    public SchedulerVerticle(CheckScheduler scheduler, Bus bus, InstantSource clock) {
        this.scheduler = scheduler;
        this.bus = bus;
        this.clock = clock;
    }

    /** The first cycle is planned behind the start, so that pages are there at once. */
    @Override
    public Future<?> start() {
        scheduler.observe().onComplete(observed -> stand());
        vertx.setPeriodic(OBSERVE_EVERY.toMillis(), timer -> scheduler.observe().onComplete(observed -> {}));
        vertx.setPeriodic(LOOK_EVERY.toMillis(), timer -> look());
        scheduleTick();
        return bus.serve(Messages.CHECK_REQUESTED, scheduler::checkNow)
                .completion()
                .compose(done ->
                        bus.serve(Messages.CYCLE_REQUESTED, scheduler::cycleNow).completion());
    }

    /** What it is in the middle of ends by itself: it asks before each page whether it still leads. */
    @Override
    public Future<?> stop() {
        stopped = true;
        return scheduler.resign();
    }

    private void stand() {
        if (stopped) {
            return;
        }
        scheduler.stand().onComplete(stood -> {
            look();
            Duration pause = scheduler.leads() ? RENEW_EVERY : STAND_EVERY;
            vertx.setTimer(jittered(pause), timer -> stand());
        });
    }

    /** What fails has been logged, and is done the next time. */
    private void look() {
        scheduler.look().onComplete(looked -> {});
    }

    private static long jittered(Duration pause) {
        double factor = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        return Math.round(pause.toMillis() * factor);
    }

    private void scheduleTick() {
        Instant tick = scheduler.nextTick();
        long waitMs = Math.max(1, Duration.between(clock.instant(), tick).toMillis());
        vertx.setTimer(waitMs, timer -> {
            look();
            scheduleTick();
        });
    }
}
