package org.nostrmonitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.QueueConsumerVerticle;
import org.nostrmonitor.coordinate.CoordinatorVerticle;
import org.nostrmonitor.discover.DiscoveryVerticle;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.ProbeVerticle;
import org.nostrmonitor.publish.PublisherVerticle;
import org.nostrmonitor.schedule.CheckScheduler;
import org.nostrmonitor.schedule.SchedulerVerticle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a node does by the settings that all nodes share: housekeeping, publishing, reading, checking, planning. When those
 * change it is stopped, and another one takes its place; pages and databases stay.
 */
final class Work {
    private static final Logger log = LoggerFactory.getLogger(Work.class);

    private final Parts parts;
    private final Rooms rooms;
    private final CheckScheduler scheduler;
    private final int httpPort;
    private final Deployments deployments;
    private final Deque<String> deployed = new ArrayDeque<>();
    private final Made made = new Made();

    /** What was made while this started. A registry never lets go of whom it tells, so nothing else hangs on it. */
    private static final class Made implements Consumer<Meter> {
        final List<Meter> meters = new CopyOnWriteArrayList<>();
        volatile boolean over;

        @Override
        public void accept(Meter meter) {
            if (!over && (meter instanceof Gauge || meter instanceof FunctionCounter)) {
                meters.add(meter);
            }
        }
    }

    /** @param httpPort of this node, which no probe may reach */
    Work(Parts parts, int httpPort, Deployments deployments) {
        this.parts = parts;
        this.rooms = new Rooms(parts);
        this.scheduler = rooms.scheduler();
        this.httpPort = httpPort;
        this.deployments = deployments;
    }

    /** When the next cycle is due. */
    Instant nextTick() {
        return scheduler.nextTick();
    }

    /** The scheduler comes last, when there is somebody to take its jobs. */
    Future<Void> start() {
        MeterRegistry registry = parts.registry();
        registry.config().onMeterAdded(made);
        return openIf(Role.COORDINATOR, () -> new CoordinatorVerticle(rooms.coordinator(), parts.bus()))
                .compose(done -> openIf(
                        Role.PUBLISHER, () -> new PublisherVerticle(rooms.publisher(), parts.bus(), parts.recent())))
                .compose(done -> openIf(Role.DISCOVERY, () -> new DiscoveryVerticle(rooms.discovery())))
                .compose(done -> parts.has(Role.WORKER) ? openWorker() : Future.succeededFuture())
                .compose(done ->
                        openIf(Role.SCHEDULER, () -> new SchedulerVerticle(scheduler, parts.bus(), parts.clock())))
                .onComplete(done -> made.over = true);
    }

    /** A prober on every event loop, then the consumer that feeds them. */
    private Future<Void> openWorker() {
        int loops = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
        return vertx().executeBlocking(this::probeSettings, false)
                .onSuccess(settings -> settings.budgets().gauges(parts.registry()))
                .compose(settings -> deploy(() -> new ProbeVerticle(parts.bus(), () -> rooms.prober(settings)), loops)
                        .compose(done -> deploy(() -> consumerVerticle(settings), 1)));
    }

    private ProbeSettings probeSettings() {
        return ProbeSettings.of(parts.config().network(), parts.config().geo())
                .refusing(OwnAddresses.of(parts, httpPort));
    }

    private QueueConsumerVerticle consumerVerticle(ProbeSettings settings) {
        JobConsumer consumer = rooms.consumer(settings);
        return new QueueConsumerVerticle(consumer, rooms.reaper(), rooms.pulse(consumer));
    }

    private Future<Void> openIf(Role role, Supplier<Deployable> verticle) {
        return parts.has(role) ? deploy(verticle, 1) : Future.succeededFuture();
    }

    private Future<Void> deploy(Supplier<? extends Deployable> verticle, int instances) {
        return deployments.deploy(verticle, instances).onSuccess(deployed::push).mapEmpty();
    }

    private Vertx vertx() {
        return parts.vertx();
    }

    /** No new cycle, no new claim, then what is under way, then the publisher. Completes in any case. */
    Future<Void> stop() {
        return undeployNext().onComplete(done -> forgetMeters());
    }

    private Future<Void> undeployNext() {
        String next = deployed.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return vertx().undeploy(next)
                .onFailure(e -> log.warn("A part did not stop cleanly: {}", e.toString()))
                .transform(done -> undeployNext());
    }

    /**
     * What was made at the start reads an object of ours, and would go on telling of it. Counters are the registry's own, and
     * go on; what comes and goes with regions is ended by the coordinator.
     */
    private void forgetMeters() {
        made.meters.forEach(parts.registry()::remove);
        made.meters.clear();
    }
}
