package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.EventCard;
import org.nostrmonitor.storage.Snapshot;
import org.nostrmonitor.storage.StoredEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for new events while anybody is subscribed: soon after it was told of one, and every few seconds since such hints
 * may be lost. Each look begins where the last one could not see. Used on one event loop.
 */
final class LiveFeed {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private final Vertx vertx;
    private final StoredEvents events;
    private final RelayLimits limits;
    private final Delivery delivery;
    private final Set<Subscription> listeners = new LinkedHashSet<>();
    private @Nullable Snapshot seen;
    private @Nullable Future<Void> beginning;
    private int epoch;
    private boolean looking;
    private boolean hinted;
    private boolean failing;
    private long timer = -1;
    private long sweep = -1;

    LiveFeed(Vertx vertx, StoredEvents events, RelayLimits limits, Delivery delivery) {
        this.vertx = vertx;
        this.events = events;
        this.limits = limits;
        this.delivery = delivery;
    }

    /** Completes when every event that is stored from now on will be told of. Fails, and does not listen, if it cannot look. */
    Future<Void> join(Subscription subscription) {
        listeners.add(subscription);
        if (seen != null) {
            return Future.succeededFuture();
        }
        Future<Void> begun = beginning;
        if (begun == null) {
            begun = begin();
            beginning = begun;
        }
        return begun.onFailure(away -> leave(subscription));
    }

    private Future<Void> begin() {
        int mine = ++epoch;
        return events.now()
                .onComplete(now -> {
                    if (mine == epoch) {
                        beginning = null;
                    }
                })
                .onSuccess(now -> {
                    if (mine == epoch && !listeners.isEmpty()) {
                        seen = now;
                        sweep = vertx.setPeriodic(limits.sweep().toMillis(), due -> look());
                    }
                })
                .mapEmpty();
    }

    void leave(Subscription subscription) {
        if (listeners.remove(subscription) && listeners.isEmpty()) {
            stop();
        }
    }

    /** Nobody listens any more. */
    void stop() {
        listeners.clear();
        epoch++;
        seen = null;
        beginning = null;
        vertx.cancelTimer(timer);
        timer = -1;
        vertx.cancelTimer(sweep);
    }

    /** An event was stored, or may have been. */
    void hint() {
        if (seen != null && timer < 0) {
            timer = vertx.setTimer(limits.lookEvery().toMillis(), due -> {
                timer = -1;
                look();
            });
        }
    }

    private void look() {
        Snapshot before = seen;
        if (before == null) {
            return;
        }
        if (looking) {
            hinted = true;
            return;
        }
        looking = true;
        int mine = epoch;
        events.since(before, this::tell).onComplete(done -> {
            looking = false;
            if (mine == epoch && done.succeeded()) {
                seen = done.result();
            }
            log(done.cause());
            if (hinted) {
                hinted = false;
                hint();
            }
        });
    }

    /** Once when it begins and once when it ends, not at every look. */
    private void log(@Nullable Throwable fault) {
        if (fault != null && !failing) {
            LOG.warn("subscribers to our relay hear of new events later: {}", fault.toString());
        } else if (fault == null && failing) {
            LOG.info("subscribers to our relay hear of new events again");
        }
        failing = fault != null;
    }

    private Future<Void> tell(List<EventCard> cards) {
        Promise<Void> done = Promise.promise();
        delivery.match(cards, List.copyOf(listeners), 0, new ArrayList<>(), done);
        return done.future();
    }
}
