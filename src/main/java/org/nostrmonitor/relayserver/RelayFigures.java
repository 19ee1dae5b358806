package org.nostrmonitor.relayserver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What the relay counts. No label holds anything that a client said. */
final class RelayFigures {
    private static final String SENT = "monitor.relay.events.sent";

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger subscriptions = new AtomicInteger();
    final Counter stored;
    final Counter live;
    private final MeterRegistry registry;

    RelayFigures(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("monitor.relay.connections", connections, AtomicInteger::get)
                .description("Open connections to our own relay")
                .register(registry);
        Gauge.builder("monitor.relay.subscriptions", subscriptions, AtomicInteger::get)
                .description("Open subscriptions of our own relay")
                .register(registry);
        stored = Counter.builder(SENT).tag("when", "stored").register(registry);
        live = Counter.builder(SENT).tag("when", "live").register(registry);
    }

    /** Times a question to the database. */
    <T> Future<T> timed(String question, Future<T> answer) {
        Timer.Sample began = Timer.start(registry);
        return answer.onComplete(done -> began.stop(Timer.builder("monitor.relay.queries")
                .description("What clients of our own relay asked the database")
                .tag("question", question)
                .tag("outcome", done.succeeded() ? "answered" : "failed")
                .register(registry)));
    }

    /** @param what refused: {@code rate}, {@code subscriptions}, {@code busy}, {@code malformed} or {@code write} */
    void refused(String what) {
        registry.counter("monitor.relay.refused", "what", what).increment();
    }

    /** @param why {@code slow}, {@code silent}, {@code idle}, {@code protocol} or {@code stopping} */
    void sentAway(String why) {
        registry.counter("monitor.relay.sent.away", "why", why).increment();
    }
}
