package org.nostrmonitor.probe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.nostrmonitor.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the probes of a process may hold together: sockets, look-ups, and bytes that relays sent. Who finds a budget used up
 * fails for a fault of ours, so that its job is tried again: it never says anything about a relay. Thread-safe.
 */
public final class Budgets {
    /** The conversation, the NIP-11 document, and one that is still saying goodbye. */
    static final int SOCKETS_OF_A_PROBE = 3;

    /** For databases, listeners, visitors of the pages, the publisher and files. */
    private static final long FILES_FOR_OTHERS = 300;

    /** One eighth of the heap for what each probe is sure of, and one for what hostile ones take beyond that. */
    private static final long PART_OF_THE_HEAP = 8;

    private static final int LEAST_PROBES = 10;
    private static final int MOST_PROBES = 10_000;

    /** What the name servers of a small network bear: those that are asked too much are silent, and look like dead names. */
    private static final int LOOKUPS = 500;

    private static final Logger log = LoggerFactory.getLogger(Budgets.class);

    private final int probes;
    private final Pot sockets;
    private final Pot bytes;
    private final Turnstile lookups;
    private final String cause;

    /**
     * @param probes at the same time, at most
     * @param bytes received beyond what each probe is sure of, and still held
     * @param lookups of names at the same time, at most
     * @param cause what bounds the probes, for people
     */
    Budgets(int probes, long bytes, int lookups, String cause) {
        this.probes = probes;
        this.sockets = new Pot((long) probes * SOCKETS_OF_A_PROBE);
        this.bytes = new Pot(bytes);
        this.lookups = new Turnstile(lookups);
        this.cause = cause;
    }

    /**
     * What this process can bear, from its limit of open files and its heap.
     *
     * @throws StartFailure if that is next to nothing
     */
    public static Budgets ofThisProcess() {
        return of(OpenFiles.limit(), OpenFiles.count(), Runtime.getRuntime().maxMemory());
    }

    /** @param openFiles those that are open already */
    static Budgets of(long maxFiles, long openFiles, long heap) {
        long byFiles = (maxFiles - openFiles - FILES_FOR_OTHERS) / SOCKETS_OF_A_PROBE;
        long byHeap = heap / PART_OF_THE_HEAP / Purse.OWN;
        String cause = byFiles < byHeap
                ? "the limit of " + maxFiles + " open files (ulimit -n)"
                : "the heap of " + (heap >> 20) + " MiB (-Xmx)";
        if (Math.min(byFiles, byHeap) < LEAST_PROBES) {
            throw new StartFailure(cause + " leaves no room for probes");
        }
        int probes = (int) Math.min(MOST_PROBES, Math.min(byFiles, byHeap));
        return new Budgets(probes, heap / PART_OF_THE_HEAP, LOOKUPS, cause);
    }

    /** So many of the wanted probes at the same time as there is room for; if that is fewer, the log says so once. */
    public int fit(int wanted) {
        if (wanted > probes) {
            log.warn("worker.concurrency is {}, but {} has room for {} probes at the same time", wanted, cause, probes);
        }
        return Math.min(wanted, probes);
    }

    Pot sockets() {
        return sockets;
    }

    Pot bytes() {
        return bytes;
    }

    Turnstile lookups() {
        return lookups;
    }

    /** For a probe that begins. */
    Purse purse() {
        return new Purse(bytes);
    }

    /** What is in use, how much there is, and how often it did not do, for {@code /metrics}. */
    public void gauges(MeterRegistry registry) {
        List.of(new Figure("sockets", sockets), new Figure("bytes", bytes), new Figure("lookups", lookups.places()))
                .forEach(figure -> figure.register(registry));
    }

    private record Figure(String name, Pot pot) {
        void register(MeterRegistry registry) {
            Gauge.builder("monitor.probe.budget.used", pot, Pot::used)
                    .tag("budget", name)
                    .register(registry);
            Gauge.builder("monitor.probe.budget.limit", pot, Pot::limit)
                    .tag("budget", name)
                    .register(registry);
            FunctionCounter.builder("monitor.probe.budget.short", pot, Pot::refused)
                    .tag("budget", name)
                    .register(registry);
        }
    }
}
