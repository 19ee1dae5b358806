package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.QueueConsumerVerticle;
import org.nostrmonitor.coordinate.CoordinatorVerticle;
import org.nostrmonitor.discover.DiscoveryVerticle;
import org.nostrmonitor.http.HttpVerticle;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.ProbeVerticle;
import org.nostrmonitor.publish.PublisherVerticle;
import org.nostrmonitor.schedule.CheckScheduler;
import org.nostrmonitor.schedule.SchedulerVerticle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of the monitor: deploys the verticles of its roles in order, and takes them down in the opposite one, so that
 * whoever still has work in hand finds everything it needs.
 */
public final class Monitor extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(Monitor.class);

    private final MonitorConfig config;
    private final PrometheusMeterRegistry registry;
    private final Deque<String> deployed = new ArrayDeque<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private @Nullable Foundations foundations;

    /** @param registry where all parts count */
    public Monitor(MonitorConfig config, PrometheusMeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /** Completes when all roles of this node are up. Fails with a {@link StartFailure}, having closed what was open. */
    @Override
    public Future<?> start() {
        return Foundations.lay(vertx, config, registry)
                .onSuccess(laid -> foundations = laid)
                .compose(laid -> Gathering.of(vertx, config, laid, registry))
                .compose(this::open)
                .recover(fault -> shutDown().transform(down -> Future.failedFuture(fault)));
    }

    /** Pages first, so that the rest can be watched; the scheduler last, when there is somebody to take its jobs. */
    private Future<Void> open(Parts parts) {
        Rooms rooms = new Rooms(parts);
        WebServer web = rooms.webServer(started::get);
        CheckScheduler scheduler = rooms.scheduler();
        return deploy(() -> new HttpVerticle(web), 1)
                .recover(fault -> Future.failedFuture(webFailed(fault)))
                .compose(done ->
                        openIf(Role.COORDINATOR, () -> new CoordinatorVerticle(rooms.coordinator(), parts.bus())))
                .compose(done -> openIf(
                        Role.PUBLISHER, () -> new PublisherVerticle(rooms.publisher(), parts.bus(), parts.recent())))
                .compose(done -> openIf(Role.DISCOVERY, () -> new DiscoveryVerticle(rooms.discovery())))
                .compose(done ->
                        parts.has(Role.WORKER) ? openWorker(rooms, parts, web.port()) : Future.succeededFuture())
                .compose(done ->
                        openIf(Role.SCHEDULER, () -> new SchedulerVerticle(scheduler, parts.bus(), parts.clock())))
                .compose(done -> StartupText.of(parts, web.port(), scheduler))
                .onSuccess(text -> {
                    started.set(true);
                    System.out.print(text);
                })
                .mapEmpty();
    }

    /** A prober on every event loop, then the consumer that feeds them. */
    private Future<Void> openWorker(Rooms rooms, Parts parts, int httpPort) {
        int loops = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
        return vertx.executeBlocking(() -> probeSettings(parts, httpPort), false)
                .onSuccess(settings -> settings.budgets().gauges(registry))
                .compose(settings -> deploy(() -> new ProbeVerticle(parts.bus(), () -> rooms.prober(settings)), loops)
                        .compose(done -> deploy(() -> consumerVerticle(rooms, settings), 1)));
    }

    private ProbeSettings probeSettings(Parts parts, int httpPort) {
        return ProbeSettings.of(config.network(), config.geo()).refusing(OwnAddresses.of(parts, httpPort));
    }

    private static QueueConsumerVerticle consumerVerticle(Rooms rooms, ProbeSettings settings) {
        JobConsumer consumer = rooms.consumer(settings);
        return new QueueConsumerVerticle(consumer, rooms.reaper(), rooms.pulse(consumer));
    }

    private Future<Void> openIf(Role role, Supplier<Deployable> verticle) {
        return config.roles().contains(role) ? deploy(verticle, 1) : Future.succeededFuture();
    }

    private Future<Void> deploy(Supplier<? extends Deployable> verticle, int instances) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployed::push)
                .mapEmpty();
    }

    private StartFailure webFailed(Throwable fault) {
        if (fault instanceof StartFailure told) {
            return told;
        }
        MonitorConfig.Http http = config.http();
        return new StartFailure(
                "cannot listen on " + http.host() + ":" + http.port() + " (http.host, http.port): "
                        + fault.getMessage(),
                fault);
    }

    /**
     * Ends all work in order: no new cycle, no new claim, then what is under way, then the publisher and the pages, then
     * the databases. Completes in any case. To be called before Vert.x is closed, which would end all of them at once.
     */
    public Future<Void> shutDown() {
        if (!stopping.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        started.set(false);
        return undeployNext().eventually(() -> {
            Foundations laid = foundations;
            return laid == null ? Future.succeededFuture() : laid.close();
        });
    }

    private Future<Void> undeployNext() {
        String next = deployed.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return vertx.undeploy(next)
                .onFailure(e -> log.warn("A part did not stop cleanly: {}", e.toString()))
                .transform(done -> undeployNext());
    }

    @Override
    public Future<?> stop() {
        return shutDown();
    }
}
