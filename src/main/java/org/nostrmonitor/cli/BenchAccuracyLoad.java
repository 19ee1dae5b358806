package org.nostrmonitor.cli;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.simulator.TimedRelay;

/**
 * Begins probes at a pace, or as many at a time as told, and measures while it does. Each relay is probed by one at a time.
 * Its methods block, and are called by one thread.
 */
final class BenchAccuracyLoad {
    /** Longer than any probe takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final boolean secure;
    private final Function<TimedRelay, Future<CheckReport>> prober;
    private final Queue<TimedRelay> idle;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable BenchAccuracySamples samples;
    private volatile int inFlightWanted;

    BenchAccuracyLoad(boolean secure, List<TimedRelay> relays, Function<TimedRelay, Future<CheckReport>> prober) {
        this.secure = secure;
        this.prober = prober;
        this.idle = new ConcurrentLinkedQueue<>(relays);
    }

    /** So many at a time, each followed by the next, for that long. The probes that ended in a second. */
    double concurrent(int probes, Duration time) {
        inFlightWanted = probes;
        long interval = Math.min(time.toNanos() / 4, TimeUnit.SECONDS.toNanos(1)) / probes;
        long next = System.nanoTime();
        for (int i = 0; i < probes; i++) {
            begin();
            next += interval;
            sleepUntil(next);
        }
        long from = System.nanoTime();
        int before = done.get();
        sleepUntil(from + time.toNanos());
        double perSecond = perSecond(done.get() - before, System.nanoTime() - from);
        inFlightWanted = 0;
        drain();
        return perSecond;
    }

    /** Probes that begin evenly in time; what began while the pace was new is not counted. */
    BenchAccuracyLevel paced(int share, double offered, Duration time) {
        begin(offered, time.dividedBy(4));
        BenchAccuracySamples taken = new BenchAccuracySamples();
        samples = taken;
        int before = done.get();
        var unused = MACHINE.getCpuLoad();
        long cpu = MACHINE.getProcessCpuTime();
        long from = System.nanoTime();
        double meanInFlight = begin(offered, time);
        long took = System.nanoTime() - from;
        double perSecond = perSecond(done.get() - before, took);
        double used = (double) (MACHINE.getProcessCpuTime() - cpu) / took / MACHINE.getAvailableProcessors();
        double others = Math.max(0, MACHINE.getCpuLoad() - used);
        samples = null;
        drain();
        return new BenchAccuracyLevel(secure, share, offered, perSecond, meanInFlight, used, others, taken.compare());
    }

    /** The mean number in flight. What begins late, because this thread was, is made up for: the load stays what it is called. */
    private double begin(double perSecond, Duration time) {
        long interval = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
        long next = System.nanoTime();
        long end = next + time.toNanos();
        long sum = 0;
        long starts = 0;
        while (next - end < 0) {
            begin();
            sum += inFlight.get();
            starts++;
            next += interval;
            sleepUntil(next);
        }
        return (double) sum / starts;
    }

    private void begin() {
        TimedRelay relay = idle.poll();
        if (relay == null) {
            return;
        }
        BenchAccuracySamples counting = samples;
        inFlight.incrementAndGet();
        prober.apply(relay).onComplete(result -> {
            if (counting != null && result.succeeded()) {
                counting.add(result.result(), relay.latest());
            } else if (counting != null) {
                counting.broke();
            }
            done.incrementAndGet();
            idle.add(relay);
            if (inFlight.decrementAndGet() < inFlightWanted) {
                begin();
            }
        });
    }

    private void drain() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (inFlight.get() > 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("probes do not end");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static double perSecond(int count, long nanos) {
        return count * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }
}
