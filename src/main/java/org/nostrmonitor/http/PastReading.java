package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Uptimes;

/** What pages and API read of what was. Each fails with {@link Unavailable} if PostgreSQL does not give it. */
final class PastReading {
    private final History history;

    PastReading(History history) {
        this.history = history;
    }

    /** @param region only this one, or null for all */
    Future<List<Point>> points(RelayUrl url, @Nullable String region, PastSpan span) {
        return Within.postgres("the history", history.points(url, region, span.from(), span.to(), span.resolution()));
    }

    /** Newest first; fails with {@code InvalidCursor} if the cursor is not one of ours. */
    Future<Incidents> incidents(RelayUrl url, @Nullable String region, @Nullable String cursor, int most) {
        return Within.postgres("the incidents", history.incidents(url, region, cursor, most));
    }

    Future<Uptimes> uptime(RelayUrl url) {
        return Within.postgres("the uptime", history.uptime(url));
    }

    /** How many relays were in each state. */
    Future<List<NetworkPoint>> network(PastSpan span) {
        return Within.postgres(
                "the history of the network", history.network(span.from(), span.to(), span.resolution()));
    }
}
