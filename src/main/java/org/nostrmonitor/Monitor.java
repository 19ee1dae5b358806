package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.nostrmonitor.config.MonitorConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node. A placeholder that starts, says where it is, and stops. */
public final class Monitor extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(Monitor.class);

    private final MonitorConfig config;
    private final PrometheusMeterRegistry registry;

    public Monitor(MonitorConfig config, PrometheusMeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        log.info("region {}, {} meters", config.region(), registry.getMeters().size());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        log.info("stopped");
        return Future.succeededFuture();
    }
}
