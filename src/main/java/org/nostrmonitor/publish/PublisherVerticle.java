package org.nostrmonitor.publish;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;

/** Lets an {@link EventPublisher} hear of stored events. One instance. */
public final class PublisherVerticle extends VerticleBase {
    private final EventPublisher publisher;
    private final Bus bus;
    private @Nullable MessageConsumer<CheckCompleted> completed;

    public PublisherVerticle(EventPublisher publisher, Bus bus) {
        this.publisher = publisher;
        this.bus = bus;
    }

    @Override
    public Future<?> start() {
        publisher.start();
        completed = bus.subscribe(Messages.CHECK_COMPLETED, publisher::checkCompleted);
        return completed.completion();
    }

    /** The subscription ends with the deployment. */
    @Override
    public Future<?> stop() {
        return publisher.stop();
    }
}
