package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;

/** Lets a {@link Coordinator} hear of completed cycles. One instance. */
public final class CoordinatorVerticle extends VerticleBase {
    private final Coordinator coordinator;
    private final Bus bus;

    public CoordinatorVerticle(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    @Override
    public Future<?> start() {
        return bus.subscribe(Messages.CYCLE_COMPLETED, coordinator::cycleCompleted)
                .completion()
                .compose(listening -> coordinator.start());
    }

    @Override
    public Future<?> stop() {
        return coordinator.stop();
    }
}
