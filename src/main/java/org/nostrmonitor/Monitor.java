package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.http.HttpVerticle;
import org.nostrmonitor.http.WebServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of the monitor: lays its foundations, opens the pages and begins the work of its roles, and takes all down in the
 * opposite order, so that whoever still has work in hand finds everything it needs.
 */
public final class Monitor extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(Monitor.class);

    private static final int PATIENCE_SECONDS = 5;

    private final MonitorConfig config;
    private final PrometheusMeterRegistry registry;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean stopping;
    private @Nullable Future<Void> starting;
    private @Nullable Future<Void> down;
    private @Nullable Foundations foundations;
    private @Nullable SettingsWatch settings;
    private @Nullable String web;
    private @Nullable Work work;
    private int httpPort;

    /** @param registry where all parts count */
    public Monitor(MonitorConfig config, PrometheusMeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /** Completes when all roles of this node are up. Fails with a {@link StartFailure}, having closed what was open. */
    @Override
    public Future<?> start() {
        Deployments deployments = new Deployments(vertx, () -> stopping);
        Future<Void> begun = deployments
                .unlessStopping(() -> Foundations.lay(vertx, config, registry))
                .onSuccess(laid -> foundations = laid)
                .compose(laid -> deployments.unlessStopping(() -> Gathering.of(vertx, config, laid, registry)))
                .compose(parts -> open(parts, deployments));
        starting = begun;
        // Whoever took all down meanwhile did not find what was laid only then.
        return begun.recover(
                fault -> takeDown().eventually(this::closeFoundations).transform(ended -> Future.failedFuture(fault)));
    }

    /** Pages first, so that the rest can be watched. */
    private Future<Void> open(Parts parts, Deployments deployments) {
        SettingsWatch watch = new SettingsWatch(
                vertx,
                parts.shared(),
                () -> Gathering.settings(parts),
                changed -> beginAnew(parts.by(changed), deployments));
        settings = watch;
        WebServer server = new Rooms(parts)
                .webServer(started::get, () -> watch.inEffect().schedule().cron());
        return deployments
                .deploy(() -> new HttpVerticle(server), 1)
                .recover(fault -> Future.failedFuture(webFailed(fault)))
                .compose(deployed -> {
                    web = deployed;
                    httpPort = server.port();
                    return begin(parts, deployments);
                })
                .compose(begun -> StartupText.of(parts, httpPort, begun.nextTick()))
                .onSuccess(text -> {
                    started.set(true);
                    watch.start();
                    System.out.print(text);
                })
                .mapEmpty();
    }

    private Future<Work> begin(Parts parts, Deployments deployments) {
        Work next = new Work(parts, httpPort, deployments);
        work = next;
        return next.start().map(next);
    }

    private Future<Void> beginAnew(Parts parts, Deployments deployments) {
        return endWork().compose(ended -> begin(parts, deployments)).mapEmpty();
    }

    private Future<Void> endWork() {
        Work begun = work;
        return begun == null ? Future.succeededFuture() : begun.stop();
    }

    private Throwable webFailed(Throwable fault) {
        if (fault instanceof StartFailure || fault instanceof Deployments.Stopping) {
            return fault;
        }
        MonitorConfig.Http http = config.http();
        return new StartFailure(
                "cannot listen on " + http.host() + ":" + http.port() + " (http.host, http.port): "
                        + fault.getMessage(),
                fault);
    }

    /**
     * Ends all work in order: no new cycle, no new claim, then what is under way, then the publisher and the pages, then
     * the databases. Completes in any case. To be called before Vert.x is closed, which would end all of them at once. What is
     * still starting goes no further, and is given {@value #PATIENCE_SECONDS} s to get to a place where it can end.
     */
    public Future<Void> shutDown() {
        stopping = true;
        Promise<Void> ended = Promise.promise();
        Context own = context;
        if (own == null) {
            return Future.succeededFuture();
        }
        own.runOnContext(there -> {
            Future<Void> begun = starting == null ? Future.succeededFuture() : starting;
            begun.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .transform(over -> takeDown())
                    .onComplete(ended);
        });
        return ended.future();
    }

    /** Once, for all who ask for it. */
    private Future<Void> takeDown() {
        Future<Void> going = down;
        if (going == null) {
            going = takenDown();
            down = going;
        }
        return going;
    }

    private Future<Void> takenDown() {
        started.set(false);
        SettingsWatch watch = settings;
        return (watch == null ? Future.<Void>succeededFuture() : watch.stop())
                .eventually(this::endWork)
                .eventually(this::closePages)
                .eventually(this::closeFoundations);
    }

    private Future<Void> closePages() {
        String deployed = web;
        return deployed == null
                ? Future.succeededFuture()
                : vertx.undeploy(deployed)
                        .onFailure(e -> log.warn("The pages did not stop cleanly: {}", e.toString()))
                        .otherwiseEmpty();
    }

    private Future<Void> closeFoundations() {
        Foundations laid = foundations;
        return laid == null ? Future.succeededFuture() : laid.close();
    }

    @Override
    public Future<?> stop() {
        return shutDown();
    }
}
