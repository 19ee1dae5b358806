package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The overview from PostgreSQL, or the last one that any node has left in Redis, with its time. Used on one event loop. */
final class LastOverview {
    private static final Logger LOG = LoggerFactory.getLogger(LastOverview.class);
    private static final String NAME = "overview";
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration LEFT_EVERY = Duration.ofSeconds(15);

    private final Sources sources;
    private final InstantSource clock;
    private Instant leave = Instant.MIN;

    LastOverview(Sources sources, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** Fails with {@link Unavailable} if neither has one. */
    Future<Told<Overview>> read() {
        return Within.postgres("the overview", sources.views().overview())
                .onSuccess(this::leave)
                .map(overview -> new Told<>(overview, null))
                .recover(this::last);
    }

    private void leave(Overview overview) {
        Instant now = clock.instant();
        if (now.isBefore(leave)) {
            return;
        }
        leave = now.plus(LEFT_EVERY);
        Within.redis(sources.recent().keep(NAME, ApiJson.overview(overview, now), KEPT))
                .onFailure(fault -> LOG.debug("the overview was not left in Redis", fault));
    }

    private Future<Told<Overview>> last(Throwable away) {
        return Within.redis(sources.recent().figures(NAME))
                .map(left -> told(left == null ? new JsonObject() : left))
                .recover(none -> Future.failedFuture(away));
    }

    private static Told<Overview> told(JsonObject left) {
        Overview overview = OverviewJson.read(left);
        return new Told<>(overview, Instant.parse(left.getString("at")));
    }
}
