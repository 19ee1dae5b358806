package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.Statistics;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Shape;
import org.nostrmonitor.storage.Statistics.Tallies;

/** What pages and API read of what was. Each fails with {@link Unavailable} if PostgreSQL does not give it. */
final class PastReading {
    /** Counted every minute or so. */
    private static final Duration SHAPE_SHARED = Duration.ofSeconds(5);

    private final History history;
    private final Statistics statistics;
    private final BriefMemory<Counted> shape;

    PastReading(History history, Statistics statistics, InstantSource clock) {
        this.history = history;
        this.statistics = statistics;
        this.shape = new BriefMemory<>(this::readShape, SHAPE_SHARED, clock);
    }

    /** @param shape null if nobody has counted yet */
    private record Counted(@Nullable Shape shape) {}

    /** @param region only this one, or null for all */
    Future<List<Point>> points(RelayUrl url, @Nullable String region, PastSpan span, Set<Phase> phases) {
        return Within.postgres(
                "the history", history.points(url, region, span.from(), span.to(), span.resolution(), phases));
    }

    /** Newest first; fails with {@code InvalidCursor} if the cursor is not one of ours. */
    Future<Incidents> incidents(RelayUrl url, @Nullable String region, @Nullable String cursor, int most) {
        return Within.postgres("the incidents", history.incidents(url, region, cursor, most));
    }

    Future<Uptimes> uptime(RelayUrl url) {
        return Within.postgres("the uptime", history.uptime(url));
    }

    /** Where relays are and how long they take to open; null if nobody has counted yet. Shared for five seconds. */
    Future<@Nullable Shape> shape() {
        return shape.get().map(Counted::shape);
    }

    private Future<Counted> readShape() {
        return Within.postgres("where relays are", statistics.shape()).map(Counted::new);
    }

    /** What relays that were up had in common, by the day. */
    Future<Tallies> tallies(Kind kind, PastSpan span, int most) {
        return Within.postgres("the statistics", statistics.tallies(kind, span.firstDay(), span.lastDay(), most));
    }

    /** How many relays were in each state. */
    Future<List<NetworkPoint>> network(PastSpan span) {
        return Within.postgres(
                "the history of the network", history.network(span.from(), span.to(), span.resolution()));
    }
}
