package org.nostrmonitor.discover;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Lets a {@link Discovery} read on a context of its own. One instance. */
public final class DiscoveryVerticle extends VerticleBase {
    private final Discovery discovery;

    public DiscoveryVerticle(Discovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public Future<?> start() {
        discovery.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return discovery.stop();
    }
}
