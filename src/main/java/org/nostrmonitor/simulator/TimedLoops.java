package org.nostrmonitor.simulator;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Watches the event loops of the timed relays: while one of them is late, a question waits unread, and how long the relay
 * took is not known. From any thread.
 */
final class TimedLoops {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Twenty seconds: a question is older than that when it is judged only if all is lost anyway. */
    private static final int REMEMBERED = 10_000;

    private final List<Watch> watches = new ArrayList<>();

    static TimedLoops watching(EventLoopGroup group) {
        TimedLoops loops = new TimedLoops();
        for (EventExecutor loop : group) {
            Watch watch = new Watch(loop);
            loops.watches.add(watch);
            loop.execute(watch::arm);
        }
        return loops;
    }

    /** Whether all of them were on time at that moment, which is at least a few milliseconds past. */
    boolean onTime(long nanos) {
        return watches.stream().allMatch(watch -> watch.onTime(nanos));
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

        /** By the first sample after it and the last before it. */
        boolean onTime(long nanos) {
            long newest = samples.get() - 1;
            boolean late = newest < 0 || ranAt.get(slot(newest)) - nanos < 0;
            for (long i = newest; i >= Math.max(0, newest - REMEMBERED + 1) && !late; i--) {
                boolean before = ranAt.get(slot(i)) - nanos < 0;
                boolean next = i == 0 || ranAt.get(slot(i - 1)) - nanos < 0;
                late = (before || next) && lateness.get(slot(i)) > LATE_NANOS;
                if (before) {
                    return !late;
                }
            }
            return false;
        }

        private static int slot(long sample) {
            return (int) (sample % REMEMBERED);
        }
    }
}
