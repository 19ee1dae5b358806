package org.nostrmonitor.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.relay.RelayUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known and told of one target: its state for pages, its metrics, and few lines in the log. Read from any thread. */
final class TargetFigures {
    private static final Logger LOG = LoggerFactory.getLogger(TargetFigures.class);
    private static final Duration LOGGED_AGAIN_AFTER = Duration.ofHours(1);
    private static final int LONGEST_TEXT = 200;

    private final RelayUrl target;
    private final String label;
    private final MeterRegistry meters;
    private final Counter sent;
    private final Counter acceptedEvents;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final RefusalStreak streak = new RefusalStreak();
    private final Map<Answer, Long> refusalLogged = new EnumMap<>(Answer.class);
    private @Nullable Long failureLogged;

    private volatile boolean connected;
    private volatile int inFlight;
    private volatile @Nullable Instant acceptedAt;
    private volatile @Nullable String lastError;
    private volatile @Nullable Instant nextAttempt;

    TargetFigures(RelayUrl target, MeterRegistry meters) {
        this.target = target;
        this.label = label(target);
        this.meters = meters;
        this.sent = Counter.builder("monitor.publish.sent")
                .description("events sent to a target relay, repetitions included")
                .tag("target", label)
                .register(meters);
        this.acceptedEvents = Counter.builder("monitor.publish.accepted")
                .description("events that a target relay accepted or had")
                .tag("target", label)
                .register(meters);
        Gauge.builder("monitor.publish.connected", this, figures -> figures.connected ? 1 : 0)
                .description("whether the connection to a target relay is open")
                .tag("target", label)
                .register(meters);
        Gauge.builder("monitor.publish.in.flight", this, figures -> figures.inFlight)
                .description("events that wait for a target relay's answer")
                .tag("target", label)
                .register(meters);
    }

    /** The target without its query, which may hold a token. Targets are few: the operator wrote them into the config. */
    private static String label(RelayUrl target) {
        int query = target.value().indexOf('?');
        return query < 0 ? target.value() : target.value().substring(0, query);
    }

    TargetState state() {
        return new TargetState(
                target,
                connected,
                inFlight,
                accepted.get(),
                refused.get(),
                acceptedAt,
                streak.now(),
                lastError,
                nextAttempt);
    }

    void sent() {
        sent.increment();
    }

    void accepted(Instant at) {
        acceptedEvents.increment();
        accepted.incrementAndGet();
        acceptedAt = at;
        lastError = null;
        streak.accepted();
    }

    /** Counted each, logged once an hour and reason. */
    void refused(Answer why, String message) {
        Counter.builder("monitor.publish.refused")
                .description("events that a target relay refused for good")
                .tag("target", label)
                .tag("reason", why.label())
                .register(meters)
                .increment();
        refused.incrementAndGet();
        String text = bounded(message);
        streak.refused(why, text);
        if (due(refusalLogged.get(why))) {
            refusalLogged.put(why, System.nanoTime());
            LOG.warn("{} refuses events ({}): {}", label, why.label(), text);
        }
    }

    /** Something failed. Logged once an hour. */
    void failed(String why) {
        lastError = bounded(why);
        if (due(failureLogged)) {
            failureLogged = System.nanoTime();
            LOG.warn("{}: {}", label, bounded(why));
        }
    }

    /** Nothing is sent until then. */
    void waiting(Instant until) {
        nextAttempt = until;
    }

    void waited() {
        nextAttempt = null;
    }

    void connected(boolean now) {
        connected = now;
    }

    void inFlight(int now) {
        inFlight = now;
    }

    private static boolean due(@Nullable Long loggedNanos) {
        return loggedNanos == null || System.nanoTime() - loggedNanos >= LOGGED_AGAIN_AFTER.toNanos();
    }

    private static String bounded(String text) {
        String storable = PlainText.storable(text, LONGEST_TEXT);
        return storable.length() < text.length() ? storable + "…" : storable;
    }
}
