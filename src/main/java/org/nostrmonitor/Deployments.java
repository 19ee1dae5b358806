package org.nostrmonitor;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How verticles are deployed. Vert.x lets nobody deploy while it closes, and makes them wait until it is closed; the closing waits
 * for work that ends on event loops. So no event loop waits there, and whoever is stopping deploys nothing.
 */
final class Deployments {
    private final Vertx vertx;
    private final BooleanSupplier stopping;

    /** @param stopping whether nothing more is to begin; asked from any thread */
    Deployments(Vertx vertx, BooleanSupplier stopping) {
        this.vertx = vertx;
        this.stopping = stopping;
    }

    /** Nothing is wrong: the node is being stopped before it was up. */
    static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopping() {
            super("the node is stopping");
        }
    }

    /** Completes with the id of the deployment. Fails with {@link Stopping}, or as the verticle fails to start. */
    Future<String> deploy(Supplier<? extends Deployable> verticle, int instances) {
        DeploymentOptions options = new DeploymentOptions().setInstances(instances);
        return unlessStopping(() -> vertx.executeBlocking(() -> vertx.deployVerticle(verticle, options), false))
                .compose(Function.identity());
    }

    /** Begins the next step, or fails with {@link Stopping}. */
    <T> Future<T> unlessStopping(Supplier<Future<T>> next) {
        return stopping.getAsBoolean() ? Future.failedFuture(new Stopping()) : next.get();
    }
}
