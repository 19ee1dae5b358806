package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures how late an event loop runs its timers. A loop that is late measures itself, not the relay. Used on its loop only,
 * but for {@link #start}.
 */
final class LoopLag {
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A busy time that is shorter than this is not seen, so it is less than the error that clients accept. */
    private static final long WATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** More than a minute while probes are under way: longer than one lasts. */
    private static final int REMEMBERED = 1 << 15;

    /** Longer than anything is believed: what is forgotten is not vouched for. */
    private static final Duration UNKNOWN = Duration.ofDays(1);

    private final EventLoop loop;
    private final LongSupplier clock;
    private final long[] sampledAt = new long[REMEMBERED];
    private final long[] lateness = new long[REMEMBERED];
    private int samples;
    private int probes;
    private long due;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> alarm;
    private boolean reading;
    private long roundNanos;

    /** @param clock monotonic, in nanoseconds */
    LoopLag(EventLoop loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
    }

    void start() {
        loop.execute(this::arm);
    }

    /** A probe begins: from now on the loop is watched closely. */
    void watch() {
        if (probes++ == 0 && alarm != null) {
            alarm.cancel(false);
            sample();
        }
    }

    /** A probe has ended. */
    void unwatch() {
        probes--;
    }

    private void arm() {
        if (!stopped) {
            long interval = probes == 0 ? IDLE_NANOS : WATCHED_NANOS;
            due = clock.getAsLong() + interval;
            alarm = loop.schedule(this::sample, interval, TimeUnit.NANOSECONDS);
        }
    }

    private void sample() {
        long now = clock.getAsLong();
        int slot = samples++ % REMEMBERED;
        sampledAt[slot] = now;
        lateness[slot] = Math.max(0, now - due);
        arm();
    }

    /**
     * When what is being read was there: as the loop began to read in this round. Whoever is read last in a round has not
     * come last.
     */
    long arrival() {
        if (!reading) {
            reading = true;
            roundNanos = clock.getAsLong();
            loop.execute(() -> reading = false);
        }
        return roundNanos;
    }

    /** The largest lateness of a timer that ran since then, or should run now. */
    Duration maxSince(long nanos) {
        return Duration.ofNanos(worst(nanos, clock.getAsLong()));
    }

    /**
     * How late the loop was when this was timed: at its ends, or throughout. At each end, what was read may have waited for
     * that long and for the time between two samples.
     */
    Duration during(Timing timing) {
        long from = timing.fromNanos();
        long to = timing.toNanos();
        if (!remembers(from)) {
            return UNKNOWN;
        }
        return Duration.ofNanos(timing.throughout() ? worst(from, to) : Math.max(worst(from, from), worst(to, to)));
    }

    private boolean remembers(long nanos) {
        int oldest = Math.max(0, samples - REMEMBERED) % REMEMBERED;
        return samples > 0 && sampledAt[oldest] - nanos <= 0;
    }

    /** From the last sample before the one moment to the first after the other: a timer runs behind what made it late. */
    private long worst(long from, long to) {
        long worst = 0;
        long following = Math.max(0, clock.getAsLong() - due);
        for (int i = samples - 1; i >= Math.max(0, samples - REMEMBERED); i--) {
            int slot = i % REMEMBERED;
            if (sampledAt[slot] - to <= 0) {
                worst = Math.max(worst, following);
            }
            following = lateness[slot];
            if (sampledAt[slot] - from <= 0) {
                return Math.max(worst, following);
            }
        }
        return Math.max(worst, following);
    }

    void stop() {
        stopped = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
