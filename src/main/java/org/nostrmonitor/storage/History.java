package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;

/**
 * What was, of a relay and of the network. Nothing here writes. A relay that is not known has no history: its lists are
 * empty. What uptime is, stands in {@code docs/probing.md}.
 */
public interface History {
    /**
     * A relay over time, oldest first; hours or days of which nothing is stored are left out. Hours are kept for 30 days
     * and days for ever, unless the configuration says otherwise.
     *
     * @param region only this one, or null for all: then checks are added up, times are of all of them, and it is up when
     *     most regions say so
     * @param from the hour or day (UTC) that this is in is the first; moved up so that there are at most 768 hours, 128
     *     quarters of a day, or 800 days
     * @param to not included
     * @param phases whose times are told; the fewer, the sooner
     */
    Future<List<Point>> points(
            RelayUrl url, @Nullable String region, Instant from, Instant to, Resolution resolution, Set<Phase> phases);

    /**
     * Times that a relay was offline or degraded without a break, by when they began, newest first.
     *
     * @param region as that one saw it, or null for what the regions said together
     * @param cursor from {@link Incidents#next}, or null for the first page. The future fails with {@link InvalidCursor} if
     *     it is not one of ours
     * @param most 1 to 200
     */
    Future<Incidents> incidents(RelayUrl url, @Nullable String region, @Nullable String cursor, int most);

    /** How much a relay was up, over all regions. */
    Future<Uptimes> uptime(RelayUrl url);

    /**
     * How many relays were in each state, as counted last in each hour or day (UTC), oldest first. An hour in which nobody
     * counted is left out.
     *
     * @param from moved up as for {@link #points}
     * @param to not included
     */
    Future<List<NetworkPoint>> network(Instant from, Instant to, Resolution resolution);

    enum Resolution {
        HOUR(Duration.ofHours(1), 768),
        /** Quarters of a day (UTC), kept as long as hours. Nothing counts the network so: there they are days. */
        SIX_HOURS(Duration.ofHours(6), 128),
        DAY(Duration.ofDays(1), 800);

        private final Duration length;
        private final int most;

        Resolution(Duration length, int most) {
            this.length = length;
            this.most = most;
        }

        public Duration length() {
            return length;
        }

        /** At most so many points are read at once. */
        public int most() {
            return most;
        }
    }

    /** What takes time in a check. {@code OPEN} is that of {@code rtt-open}. In the order in which they are stored. */
    enum Phase {
        DNS(0),
        TCP(1),
        TLS(2),
        UPGRADE(3),
        OPEN(4),
        READ(5),
        WRITE(6),
        NIP11(7);

        private final int place;

        Phase(int place) {
            this.place = place;
        }

        /** Where its time is stored among those of a check. Never changes. */
        int place() {
            return place;
        }
    }

    /**
     * @param from the start of the hour or day
     * @param checks what the checks of all cycles in it found
     * @param up how much of {@code known} it was up
     * @param known how much of the hour or day is known; zero if nothing is
     * @param times of the phases that were asked for, and measured, in the order of the phases
     */
    record Point(Instant from, Checks checks, Duration up, Duration known, Map<Phase, Times> times) {
        public Point {
            times = times.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(times));
        }
    }

    /** @param unknown checks that found nothing out: neither up nor down */
    record Checks(int online, int degraded, int offline, int unknown) {
        static final Checks NONE = new Checks(0, 0, 0, 0);

        public int made() {
            return online + degraded + offline + unknown;
        }
    }

    /**
     * Percentiles, each true to 2.7 %. With few measurements the high ones are the largest of them.
     *
     * @param count how many measurements
     */
    record Times(int count, Duration p50, Duration p95, Duration p99) {}

    /** @param next null on the last page */
    record Incidents(List<Incident> incidents, @Nullable String next) {
        public Incidents {
            incidents = List.copyOf(incidents);
        }
    }

    /**
     * @param state offline or degraded
     * @param from when a check found it so first
     * @param to when a check found another state; null while it goes on
     * @param firstStage where it failed when it began, with {@code firstReason}; null if that is not known
     * @param stage where it failed last, with {@code reason}
     */
    record Incident(
            RelayState state,
            Instant from,
            @Nullable Instant to,
            @Nullable Stage firstStage,
            @Nullable Reason firstReason,
            @Nullable Stage stage,
            @Nullable Reason reason) {}

    /**
     * @param day the last 24 hours
     * @param week the last seven times 24 hours
     * @param month the last 30 days of the calendar (UTC), today included as far as it went
     * @param year the same of 365
     */
    record Uptimes(Up day, Up week, Up month, Up year) {}

    /** The uptime is their quotient. {@code known} is zero if nothing is known. */
    record Up(Duration up, Duration known) {}

    /** @param from the start of the hour or day; {@code takenAt} when it was counted */
    record NetworkPoint(Instant from, Instant takenAt, int online, int degraded, int offline, int unknown) {}
}
