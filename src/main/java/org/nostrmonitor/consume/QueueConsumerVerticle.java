package org.nostrmonitor.consume;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The timers of a worker: claiming, renewing, reaping, and saying that it is there. */
public final class QueueConsumerVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(QueueConsumerVerticle.class);
    private static final Duration CLAIM_EVERY = Duration.ofMillis(100);

    /** While the loop is later than this it has enough to do. */
    private static final Duration BUSY = Duration.ofMillis(25);

    /** Also a loop that is always late has to get on. */
    private static final int MOST_SKIPPED = 10;

    private static final Duration BEAT_EVERY = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final JobConsumer consumer;
    private final Reaper reaper;
    private final Pulse pulse;
    private long worstLateMs;
    private int skipped;

    public QueueConsumerVerticle(JobConsumer consumer, Reaper reaper, Pulse pulse) {
        this.consumer = consumer;
        this.reaper = reaper;
        this.pulse = pulse;
    }

    /**
     * The first beat comes first, so that a scheduler finds a region with a worker in it. A Redis that does not answer just now
     * keeps no worker from starting.
     */
    @Override
    public Future<?> start() {
        claimIfOnTime(System.nanoTime(), jitter(CLAIM_EVERY));
        vertx.setPeriodic(jitter(consumer.lease().dividedBy(3)), timer -> renew());
        vertx.setPeriodic(jitter(consumer.lease().dividedBy(6)), timer -> reap());
        vertx.setPeriodic(BEAT_EVERY.toMillis(), timer -> heard(pulse.beat(lateness())));
        return consumer.hear(pulse.beat(0));
    }

    /** Admission by the loop's own lateness: what a late loop measures is itself. */
    private void claimIfOnTime(long setNanos, long delayMs) {
        vertx.setTimer(delayMs, timer -> {
            long now = System.nanoTime();
            Duration late = Duration.ofNanos(now - setNanos).minusMillis(delayMs);
            worstLateMs = Math.max(worstLateMs, late.toMillis());
            skipped = late.compareTo(BUSY) > 0 && skipped < MOST_SKIPPED ? skipped + 1 : 0;
            if (skipped == 0) {
                consumer.claim();
            }
            claimIfOnTime(now, jitter(CLAIM_EVERY));
        });
    }

    private void renew() {
        consumer.renew().onComplete(tried -> consumer.reportStale());
    }

    private void reap() {
        if (consumer.mayReap()) {
            heard(reaper.reap());
        }
    }

    /** A failure needs no line of its own: that Redis is away is said once. */
    private void heard(Future<?> call) {
        consumer.hear(call).onFailure(e -> log.debug("A call to the queue failed: {}", e.toString()));
    }

    /** Between nine and eleven tenths, so that workers started together do not come together. */
    private static long jitter(Duration every) {
        long ms = every.toMillis();
        return ThreadLocalRandom.current().nextLong(ms * 9 / 10, ms * 11 / 10 + 1);
    }

    private long lateness() {
        long worst = worstLateMs;
        worstLateMs = 0;
        return worst;
    }

    @Override
    public Future<?> stop() {
        return consumer.stop(DRAIN, vertx)
                .eventually(pulse::leave)
                .onFailure(e -> log.warn("The worker did not stop cleanly: {}", e.toString()))
                .otherwiseEmpty();
    }
}
