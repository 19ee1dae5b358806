package org.nostrmonitor.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.EventPublished;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Outbox;

/**
 * Brings signed events from the outbox to every target relay: at once on a hint, and by a sweep for what was missed. Each
 * target goes at its own pace. Without targets it does nothing at all. May be used from any thread.
 */
public final class EventPublisher {
    private final Surroundings around;
    private final Map<RelayUrl, TargetFigures> figures = new LinkedHashMap<>();
    private final Bus bus;
    private final Dialler dialler;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private volatile List<TargetRelay> relays = List.of();

    /**
     * @param targets who gets the events; repetitions count once
     * @param keys whose signers answer a target that asks who we are
     * @param network for the proxies of targets that are not on the clearnet
     */
    public EventPublisher(
            Vertx vertx,
            List<RelayUrl> targets,
            Outbox outbox,
            KeyRing keys,
            Bus bus,
            MeterRegistry meters,
            InstantSource clock,
            MonitorConfig.Network network) {
        this(
                new Surroundings(vertx, outbox, keys, clock, Pace.DEFAULT, new Random()),
                targets,
                bus,
                meters,
                new Dialler(vertx, network.proxies(), null, Pace.DEFAULT.link()));
    }

    EventPublisher(Surroundings around, List<RelayUrl> targets, Bus bus, MeterRegistry meters, Dialler dialler) {
        this.around = around;
        this.bus = bus;
        this.dialler = dialler;
        targets.stream().distinct().forEach(target -> figures.put(target, new TargetFigures(target, meters)));
    }

    /** Begins, on the calling context: with what is pending already, and from then on at hints and sweeps. */
    public void start() {
        relays = figures.entrySet().stream()
                .map(entry -> relay(entry.getKey(), entry.getValue()))
                .toList();
        sweep();
    }

    private TargetRelay relay(RelayUrl target, TargetFigures figure) {
        return new TargetRelay(
                around,
                target,
                dialler,
                figure,
                event -> bus.publish(Messages.EVENT_PUBLISHED, new EventPublished(event.id(), target.value())));
    }

    /** A check was made somewhere: if its event was stored, there is something to bring. */
    public void checkCompleted(CheckCompleted check) {
        if (check.eventStored()) {
            hint();
        }
    }

    /** There may be something to bring. Hints that come close together are one. */
    public void hint() {
        if (!relays.isEmpty() && hinted.compareAndSet(false, true)) {
            around.vertx().setTimer(around.pace().hint().toMillis(), timer -> {
                hinted.set(false);
                look();
            });
        }
    }

    private void sweep() {
        if (relays.isEmpty()) {
            return;
        }
        look();
        long sweep = around.pace().sweep().toMillis();
        long next = around.random().nextLong(sweep - sweep / 5, sweep + sweep / 5 + 1);
        around.vertx().setTimer(next, timer -> sweep());
    }

    private void look() {
        relays.forEach(TargetRelay::look);
    }

    /** How it stands with each target, in the order of the configuration. */
    public List<TargetState> states() {
        return figures.values().stream().map(TargetFigures::state).toList();
    }

    /** Reads nothing more, waits a moment for the answers that are outstanding, and closes. Completes in any case. */
    public Future<Void> stop() {
        List<TargetRelay> stopped = relays;
        relays = List.of();
        return Future.join(stopped.stream().map(TargetRelay::stop).toList())
                .eventually(dialler::close)
                .mapEmpty();
    }
}
