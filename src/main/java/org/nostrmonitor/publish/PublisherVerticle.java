package org.nostrmonitor.publish;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.TargetStateJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an {@link EventPublisher} hear of stored events, and tells the pages of every node how its targets are. One instance. */
public final class PublisherVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherVerticle.class);
    private static final int TOLD_EVERY_MS = 5_000;

    private final EventPublisher publisher;
    private final Bus bus;
    private final RecentResults recent;
    private @Nullable MessageConsumer<CheckCompleted> completed;

    /** @param recent where it tells of its targets; others forget it after a minute */
    public PublisherVerticle(EventPublisher publisher, Bus bus, RecentResults recent) {
        this.publisher = publisher;
        this.bus = bus;
        this.recent = recent;
    }

    @Override
    public Future<?> start() {
        publisher.start();
        tell();
        vertx.setPeriodic(TOLD_EVERY_MS, timer -> tell());
        completed = bus.subscribe(Messages.CHECK_COMPLETED, publisher::checkCompleted);
        return completed.completion();
    }

    private void tell() {
        if (!publisher.states().isEmpty()) {
            recent.putFigures(RecentResults.TARGETS, TargetStateJson.write(publisher.states()))
                    .onFailure(away -> LOG.debug("nobody is told of the targets: {}", away.getMessage()));
        }
    }

    /** The subscription ends with the deployment. */
    @Override
    public Future<?> stop() {
        return publisher.stop();
    }
}
