package org.nostrmonitor.discover;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Leadership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what other monitors publish, on one node at a time. Should two read for a moment, what they write is the same. Without
 * relays to read it does nothing at all.
 */
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final DiscoverySettings settings;
    private final DiscoveryFigures figures;
    private final Pace pace;
    private final Vertx vertx;
    private @Nullable Reader reader;
    private boolean standing;
    private boolean stopped;
    private long timer = -1;

    public Discovery(DiscoverySettings settings, MeterRegistry meters) {
        this(settings, meters, Pace.DEFAULT);
    }

    Discovery(DiscoverySettings settings, MeterRegistry meters, Pace pace) {
        this.settings = settings;
        this.figures = new DiscoveryFigures(meters);
        this.pace = pace;
        this.vertx = settings.vertx();
    }

    /** Begins, on the calling context, when no other node reads. */
    public void start() {
        if (!settings.relays().isEmpty()) {
            stand();
            timer = vertx.setPeriodic(pace.stand().toMillis(), now -> stand());
        }
    }

    /** Takes the lead or keeps it. While PostgreSQL does not say, everything goes on as it is: what is written is only the newest. */
    private void stand() {
        if (standing || stopped) {
            return;
        }
        standing = true;
        settings.leadership()
                .hold(Leadership.DISCOVERY, settings.holder(), pace.lease())
                .compose(this::follow)
                .onFailure(fault -> LOG.debug("who reads is not known: {}", fault.getMessage()))
                .onComplete(done -> standing = false);
    }

    private Future<Void> follow(OptionalLong term) {
        Reader open = reader;
        if (term.isPresent() && open == null && !stopped) {
            return Reader.open(settings, figures, pace)
                    .compose(opened -> stopped ? opened.close() : begun(opened))
                    .onFailure(fault -> LOG.warn("other monitors are not read yet: {}", fault.toString()));
        }
        if (term.isEmpty() && open != null) {
            reader = null;
            return open.close();
        }
        return Future.succeededFuture();
    }

    private Future<Void> begun(Reader opened) {
        reader = opened;
        return Future.succeededFuture();
    }

    /** Writes what was heard, and lets another node go on. Completes in any case, within some seconds. */
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        Reader open = reader;
        reader = null;
        Future<Void> closed = open == null ? Future.succeededFuture() : open.close();
        return settings.relays().isEmpty()
                ? closed
                : closed.eventually(() -> settings.leadership()
                                .resign(Leadership.DISCOVERY, settings.holder())
                                .timeout(1, TimeUnit.SECONDS))
                        .otherwiseEmpty();
    }
}
