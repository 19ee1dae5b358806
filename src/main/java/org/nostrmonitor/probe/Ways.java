package org.nostrmonitor.probe;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;

/**
 * Which ways have worked lately. IPv6 that ends at the next router, and a Tor that has no circuits, are as silent as a dead
 * relay: silence counts against a relay only while others answer by the same way. Shared by all event loops.
 */
final class Ways {
    /** Shorter than a cycle, so that a way that broke between two of them has to prove itself anew. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Map<Way, Long> worked = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock */
    Ways(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Ways() {
        this(System::nanoTime);
    }

    /** Somebody answered by this way, be it with a refusal. */
    void worked(Way way) {
        worked.put(way, nanoTime.getAsLong());
    }

    private boolean workedLately(Way way) {
        Long last = worked.get(way);
        return last != null && nanoTime.getAsLong() - last < MEMORY.toNanos();
    }

    /** The same failure, or "not tested" where it shows nothing about the relay. */
    Throwable judged(Destination destination, Throwable failure) {
        Way way = Way.to(destination);
        if (way == Way.ORDINARY || !(failure instanceof Fault fault) || !(fault.outcome() instanceof Failed failed)) {
            return failure;
        }
        if (failed.reason() != Reason.TCP_TIMEOUT && failed.reason() != Reason.TCP_UNREACHABLE) {
            worked(way);
            return failure;
        }
        return workedLately(way) ? failure : new Fault(new NotTested(Reason.NO_ROUTE, doubt(way, failed.reason())));
    }

    private static String doubt(Way way, Reason reason) {
        return reason.label() + ", and nothing else was reached over " + way.title() + " in the last "
                + MEMORY.toMinutes() + " minutes";
    }
}
