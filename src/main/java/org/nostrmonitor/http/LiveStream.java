package org.nostrmonitor.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.http.view.CycleNow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens, as server-sent events: hints from the bus, at most one of a relay and region in a second. They may be lost;
 * nothing is wrong then, only later, since every page and answer reads what is stored. Used on one event loop.
 */
final class LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private static final Duration FLUSH_EVERY = Duration.ofSeconds(1);
    private static final Duration BEAT_EVERY = Duration.ofSeconds(15);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    /** Checks in one event; the rest come in another. */
    private static final int MOST_IN_ONE = 200;

    /** Of more within a second the first are dropped: no monitor makes so many checks. */
    private static final int MOST_WAITING = 5_000;

    private final Vertx vertx;
    private final Reading reading;
    private final LiveEvents events =
            new LiveEvents(UUID.randomUUID().toString().substring(0, 8));
    private final LiveClients clients;
    private final Map<String, JsonObject> waiting = new LinkedHashMap<>();
    private final List<MessageConsumer<?>> heard = new ArrayList<>();
    private final List<Long> timers = new ArrayList<>();
    private @Nullable JsonObject progress;

    LiveStream(Vertx vertx, Reading reading, Unlimited unlimited, MeterRegistry registry) {
        this.vertx = vertx;
        this.reading = reading;
        AtomicInteger open = new AtomicInteger();
        this.clients = new LiveClients(events, unlimited, open, registry);
        Gauge.builder("monitor.http.streams", open, AtomicInteger::get)
                .description("Open live streams")
                .register(registry);
    }

    LiveClients clients() {
        return clients;
    }

    /** On the event loop that serves. */
    void start(Bus bus) {
        heard.add(bus.subscribe(Messages.CHECK_COMPLETED, this::checked));
        heard.add(bus.subscribe(Messages.CYCLE_COMPLETED, this::completed));
        timers.add(vertx.setPeriodic(FLUSH_EVERY.toMillis(), timer -> flush()));
        timers.add(vertx.setPeriodic(BEAT_EVERY.toMillis(), timer -> clients.beat()));
        timers.add(vertx.setPeriodic(PROGRESS_EVERY.toMillis(), timer -> progress()));
    }

    /** Ends all streams. Whoever wants to go on asks again, and is told where it was. */
    void stop() {
        heard.forEach(consumer -> consumer.unregister().onComplete(done -> {}));
        timers.forEach(vertx::cancelTimer);
        clients.close();
    }

    /** A later check of the same relay and region takes the place of an earlier one that nobody was told of. */
    private void checked(CheckCompleted check) {
        if (waiting.size() < MOST_WAITING) {
            waiting.put(
                    check.region() + " " + check.url(),
                    new JsonObject()
                            .put("url", check.url())
                            .put("region", check.region())
                            .put("state", check.state())
                            .put("cycle", check.cycle().toString()));
        }
    }

    private void completed(CycleCompleted cycle) {
        flush();
        tell(
                "cycle",
                new JsonObject()
                        .put("region", cycle.region())
                        .put("cycle", cycle.cycle().toString())
                        .put("planned", cycle.planned())
                        .put("completedAt", cycle.completedAt().toString()));
    }

    private void flush() {
        List<JsonObject> checks = List.copyOf(waiting.values());
        waiting.clear();
        for (int from = 0; from < checks.size(); from += MOST_IN_ONE) {
            tell(checks.subList(from, Math.min(checks.size(), from + MOST_IN_ONE)));
        }
    }

    private void tell(List<JsonObject> checks) {
        Set<String> relays = new HashSet<>();
        checks.forEach(check -> relays.add(check.getString("url")));
        clients.send(events.add(
                "checks",
                Set.copyOf(relays),
                new JsonObject().put("checks", new JsonArray(checks)).encode()));
    }

    /** Nobody is asked for the sake of nobody. */
    private void progress() {
        if (clients.isEmpty()) {
            return;
        }
        reading.now()
                .onSuccess(now -> {
                    CycleNow cycle = now.cycle();
                    JsonObject next = cycle == null ? null : LiveJson.progress(cycle, now.at());
                    if (next != null && !next.equals(progress)) {
                        progress = next;
                        tell("progress", next);
                    }
                })
                .onFailure(unknown -> LOG.debug("the progress of the cycle is not known", unknown));
    }

    private void tell(String type, JsonObject data) {
        clients.send(events.add(type, Set.of(), data.encode()));
    }
}
