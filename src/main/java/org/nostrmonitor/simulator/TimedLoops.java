package org.nostrmonitor.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Watches the event loops of the timed relays: while one of them is late, a question waits unread, and how long the relay
 * took is not known. From any thread.
 */
final class TimedLoops {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long UNKNOWN_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Twenty seconds: a question is older than that when it is judged only if all is lost anyway. */
    private static final int REMEMBERED = 10_000;

    private final Map<EventExecutor, Watch> watches = new HashMap<>();

    static TimedLoops watching(EventLoopGroup group) {
        TimedLoops loops = new TimedLoops();
        for (EventExecutor loop : group) {
            Watch watch = new Watch(loop);
            loops.watches.put(loop, watch);
            loop.execute(watch::arm);
        }
        return loops;
    }

    /** Whether this one was on time at these moments, all together, which are at least a few milliseconds past. */
    boolean onTime(EventExecutor loop, long... moments) {
        Watch watch = Objects.requireNonNull(watches.get(loop), "a loop that is not watched");
        return LongStream.of(moments).map(watch::late).reduce(0, Math::addExact) <= LATE_NANOS;
    }

    private static final class Watch {
        private final EventExecutor loop;
        private final AtomicLongArray ranAt = new AtomicLongArray(REMEMBERED);
        private final AtomicLongArray lateness = new AtomicLongArray(REMEMBERED);
        private final AtomicLong samples = new AtomicLong();
        private long due;

        Watch(EventExecutor loop) {
            this.loop = loop;
        }

        private void arm() {
            due = System.nanoTime() + EVERY_NANOS;
            var unused = loop.schedule(this::sample, EVERY_NANOS, TimeUnit.NANOSECONDS);
        }

        private void sample() {
            long now = System.nanoTime();
            int slot = (int) (samples.get() % REMEMBERED);
            ranAt.set(slot, now);
            lateness.set(slot, now - due);
            samples.incrementAndGet();
            arm();
        }

        /** By the first sample after it and the last before it; a minute if that is not known. */
        long late(long nanos) {
            long newest = samples.get() - 1;
            if (newest < 0 || ranAt.get(slot(newest)) - nanos < 0) {
                return UNKNOWN_NANOS;
            }
            for (long i = newest; i > Math.max(0, newest - REMEMBERED + 1); i--) {
                if (ranAt.get(slot(i - 1)) - nanos < 0) {
                    return Math.max(Math.max(lateness.get(slot(i)), lateness.get(slot(i - 1))), 0);
                }
            }
            return UNKNOWN_NANOS;
        }

        private static int slot(long sample) {
            return (int) (sample % REMEMBERED);
        }
    }
}
