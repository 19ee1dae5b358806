package org.nostrmonitor.discover;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What was heard of other monitors, counted. May be used from any thread. */
final class DiscoveryFigures {
    private final Map<Verdict, Counter> heard = new EnumMap<>(Verdict.class);
    private final Counter kept;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger monitors = new AtomicInteger();

    DiscoveryFigures(MeterRegistry meters) {
        for (Verdict verdict : Verdict.values()) {
            heard.put(
                    verdict,
                    Counter.builder("monitor.discovery.events")
                            .description("events that were heard on the relays that are read, by what became of them")
                            .tag("verdict", verdict.label())
                            .register(meters));
        }
        kept = Counter.builder("monitor.discovery.kept")
                .description("views of other monitors that were newer than what was known")
                .register(meters);
        Gauge.builder("monitor.discovery.connected", connected, AtomicInteger::get)
                .description("relays that are read now")
                .register(meters);
        Gauge.builder("monitor.discovery.monitors", monitors, AtomicInteger::get)
                .description("other monitors that are listened to")
                .register(meters);
    }

    void heard(Verdict verdict) {
        Counter counter = heard.get(verdict);
        if (counter != null) {
            counter.increment();
        }
    }

    void kept(int views) {
        kept.increment(views);
    }

    void connected(boolean now) {
        connected.addAndGet(now ? 1 : -1);
    }

    void monitors(int now) {
        monitors.set(now);
    }
}
