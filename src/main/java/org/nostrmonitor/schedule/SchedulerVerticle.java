package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of the scheduler: ticks by cron, looks after running cycles, answers requests for a check. */
public final class SchedulerVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(SchedulerVerticle.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final CheckScheduler scheduler;
    private final CycleWatch watch;
    private final Bus bus;
    private final InstantSource clock;
    private boolean looking;
    private boolean blind;

    public SchedulerVerticle(CheckScheduler scheduler, CycleWatch watch, Bus bus, InstantSource clock) {
        this.scheduler = scheduler;
        this.watch = watch;
        this.bus = bus;
        this.clock = clock;
    }

    /** The first cycle is planned behind the start, so that pages are there at once. */
    @Override
    public Future<?> start() {
        scheduler.resume().onFailure(e -> log.error("The first cycle could not be planned: {}", e.toString()));
        scheduleTick();
        vertx.setPeriodic(LOOK_EVERY.toMillis(), timer -> look());
        return bus.serve(Messages.CHECK_REQUESTED, scheduler::checkNow).completion();
    }

    private void scheduleTick() {
        Instant tick = scheduler.nextTick();
        long waitMs = Math.max(1, Duration.between(clock.instant(), tick).toMillis());
        vertx.setTimer(waitMs, timer -> {
            scheduler.tick(tick).onFailure(e -> log.error("Cycle {} could not be planned: {}", tick, e.toString()));
            scheduleTick();
        });
    }

    private void look() {
        if (!looking) {
            looking = true;
            watch.look().onComplete(done -> looked(), this::lookFailed);
        }
    }

    private void looked() {
        looking = false;
        if (blind) {
            blind = false;
            log.info("The running cycles can be looked at again");
        }
    }

    /** Said once, not every second of an outage. */
    private void lookFailed(Throwable fault) {
        looking = false;
        if (!blind) {
            blind = true;
            log.warn("The running cycles cannot be looked at: {}", fault.toString());
        }
    }
}
