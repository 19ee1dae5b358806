package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
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

    private final MonitorConfig config;
    private final PrometheusMeterRegistry registry;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
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
        return Foundations.lay(vertx, config, registry)
                .onSuccess(laid -> foundations = laid)
                .compose(laid -> Gathering.of(vertx, config, laid, registry))
                .compose(this::open)
                .recover(fault -> shutDown().transform(down -> Future.failedFuture(fault)));
    }

    /** Pages first, so that the rest can be watched. */
    private Future<Void> open(Parts parts) {
        SettingsWatch watch = new SettingsWatch(
                vertx, parts.shared(), () -> Gathering.settings(parts), changed -> beginAnew(parts.by(changed)));
        settings = watch;
        WebServer server = new Rooms(parts)
                .webServer(started::get, () -> watch.inEffect().schedule().cron());
        return vertx.deployVerticle(new HttpVerticle(server))
                .recover(fault -> Future.failedFuture(webFailed(fault)))
                .compose(deployed -> {
                    web = deployed;
                    httpPort = server.port();
                    return begin(parts);
                })
                .compose(begun -> StartupText.of(parts, httpPort, begun.nextTick()))
                .onSuccess(text -> {
                    started.set(true);
                    watch.start();
                    System.out.print(text);
                })
                .mapEmpty();
    }

    private Future<Work> begin(Parts parts) {
        Work next = new Work(parts, httpPort);
        work = next;
        return next.start().map(next);
    }

    private Future<Void> beginAnew(Parts parts) {
        return endWork().compose(ended -> begin(parts)).mapEmpty();
    }

    private Future<Void> endWork() {
        Work begun = work;
        return begun == null ? Future.succeededFuture() : begun.stop();
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
