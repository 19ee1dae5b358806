package org.nostrmonitor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nostrmonitor.storage.SharedSettings.Shared;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every five seconds whether the settings that all nodes share were changed, and has them put into effect. One change
 * after the other; what could not be put into effect is tried again at the next look.
 */
final class SettingsWatch {
    private static final Logger log = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Supplier<Future<Shared>> stored;
    private final Function<Shared, Future<Void>> putIntoEffect;
    private volatile Shared inEffect;
    private volatile boolean stopped;
    private volatile boolean owed;
    private volatile Future<Void> look = Future.succeededFuture();

    /**
     * @param stored reads what all nodes agree on
     * @param putIntoEffect completes when this node goes by them
     */
    SettingsWatch(
            Vertx vertx,
            Shared inEffect,
            Supplier<Future<Shared>> stored,
            Function<Shared, Future<Void>> putIntoEffect) {
        this.vertx = vertx;
        this.inEffect = inEffect;
        this.stored = stored;
        this.putIntoEffect = putIntoEffect;
    }

    /** By which this node goes. */
    Shared inEffect() {
        return inEffect;
    }

    void start() {
        long ms = LOOK_EVERY.toMillis();
        vertx.setTimer(ThreadLocalRandom.current().nextLong(ms * 9 / 10, ms * 11 / 10), timer -> {
            if (!stopped) {
                look = look();
                look.onComplete(looked -> start());
            }
        });
    }

    /** Completes when no change is under way, and none will be. */
    Future<Void> stop() {
        stopped = true;
        return look;
    }

    /** Never fails: that PostgreSQL is away is said elsewhere. */
    private Future<Void> look() {
        return stored.get()
                .compose(found ->
                        stopped || (found.equals(inEffect) && !owed) ? Future.succeededFuture() : change(found))
                .otherwise(fault -> {
                    log.debug("The shared settings cannot be read: {}", fault.toString());
                    return null;
                });
    }

    private Future<Void> change(Shared found) {
        log.info("the settings that all nodes share were changed: cycles, checks and publishing begin anew by them");
        owed = true;
        return putIntoEffect
                .apply(found)
                .onSuccess(done -> {
                    inEffect = found;
                    owed = false;
                })
                .onFailure(fault -> {
                    if (!stopped) {
                        log.error("The changed settings could not be put into effect: {}", fault.toString());
                    }
                });
    }
}
