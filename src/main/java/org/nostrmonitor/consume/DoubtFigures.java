package org.nostrmonitor.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How often a worker asked whether its own network works, and what became of jobs meanwhile, for {@code /metrics}. */
final class DoubtFigures {
    private final Counter works;
    private final Counter fails;
    private final Counter doubts;
    private final Counter handedBack;

    DoubtFigures(MeterRegistry registry, String region) {
        this.works = registry.counter("monitor.doubt.rounds", "region", region, "verdict", "works");
        this.fails = registry.counter("monitor.doubt.rounds", "region", region, "verdict", "fails");
        this.doubts = registry.counter("monitor.doubts", "region", region);
        this.handedBack = registry.counter("monitor.job.doubted", "region", region);
    }

    /** A round of witnesses came to a verdict. */
    void round(boolean networkWorks) {
        (networkWorks ? works : fails).increment();
    }

    /** A doubt began. */
    void doubt() {
        doubts.increment();
    }

    /** A failure was not believed, and its job goes back into the queue. */
    void handedBack() {
        handedBack.increment();
    }

    /** How many of them there were. */
    long handedBackSoFar() {
        return (long) handedBack.count();
    }
}
