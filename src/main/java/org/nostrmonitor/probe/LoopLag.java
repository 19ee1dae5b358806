package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how late an event loop runs its timers. A loop that is late measures itself, not the relay. Used on its loop only,
 * but for {@link #start}.
 */
final class LoopLag {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int REMEMBERED = 4_096;

    private final EventLoop loop;
    private final long[] sampledAt = new long[REMEMBERED];
    private final long[] lateness = new long[REMEMBERED];
    private int samples;
    private long due;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> alarm;

    LoopLag(EventLoop loop) {
        this.loop = loop;
    }

    void start() {
        loop.execute(this::arm);
    }

    private void arm() {
        if (!stopped) {
            due = System.nanoTime() + INTERVAL_NANOS;
            alarm = loop.schedule(this::sample, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void sample() {
        long now = System.nanoTime();
        int slot = samples++ % REMEMBERED;
        sampledAt[slot] = now;
        lateness[slot] = Math.max(0, now - due);
        arm();
    }

    /** The largest lateness of a timer that ran since then, or should run now; looks back over three minutes at most. */
    Duration maxSince(long nanos) {
        long worst = Math.max(0, System.nanoTime() - due);
        for (int i = samples - 1; i >= Math.max(0, samples - REMEMBERED); i--) {
            int slot = i % REMEMBERED;
            if (sampledAt[slot] - nanos < 0) {
                break;
            }
            worst = Math.max(worst, lateness[slot]);
        }
        return Duration.ofNanos(worst);
    }

    void stop() {
        stopped = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
