package org.nostrmonitor.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;

/** Every address of the bus and what is said there. */
public final class Messages {
    private Messages() {}

    /** consume → probe: make this check now. Answered by one prober per event loop. */
    public static final Endpoint<ProbeRequest, ProbeAnswer> PROBE =
            new Endpoint<>("probe.run", ProbeRequest.class, ProbeAnswer.class, false);

    /** http → schedule: check this relay as soon as possible. */
    public static final Endpoint<CheckRequest, CheckRequested> CHECK_REQUESTED =
            new Endpoint<>("check.requested", CheckRequest.class, CheckRequested.class, true);

    /** http → schedule: begin a cycle now. Answered by any scheduler; only the one that leads begins one. */
    public static final Endpoint<CycleRequest, CycleRequested> CYCLE_REQUESTED =
            new Endpoint<>("cycle.requested", CycleRequest.class, CycleRequested.class, true);

    /** consume → http, publish: a result was stored. */
    public static final Topic<CheckCompleted> CHECK_COMPLETED = new Topic<>("check.completed", CheckCompleted.class);

    /** schedule → coordinate, http: all results of a cycle in a region are stored. */
    public static final Topic<CycleCompleted> CYCLE_COMPLETED = new Topic<>("cycle.completed", CycleCompleted.class);

    /** publish → http: a target relay accepted an event. */
    public static final Topic<EventPublished> EVENT_PUBLISHED = new Topic<>("event.published", EventPublished.class);

    public record ProbeRequest(CheckJob job) {}

    /**
     * What came of a probe request: exactly one of the two.
     *
     * @param report what was found
     * @param turn nothing was dialled, since the address has its turn later
     */
    public record ProbeAnswer(
            @Nullable CheckReport report, @Nullable Turn turn) {
        public static ProbeAnswer found(CheckReport report) {
            return new ProbeAnswer(report, null);
        }

        public static ProbeAnswer later(String address, Duration in) {
            return new ProbeAnswer(null, new Turn(address, in));
        }
    }

    /** @param address the IP address that a turn was reserved for; it comes after {@code in} */
    public record Turn(String address, Duration in) {}

    /** @param region where to check from, or null for all regions that have workers */
    public record CheckRequest(String url, @Nullable String region) {}

    /**
     * @param known whether the relay is one that we check
     * @param tickets one for each region that it is queued in; empty where no worker is
     */
    public record CheckRequested(boolean known, List<Ticket> tickets) {
        public CheckRequested {
            tickets = List.copyOf(tickets);
        }
    }

    /** @param cycle names the job, and its result, together with relay and region */
    public record Ticket(String region, Instant cycle) {}

    /** @param region where, or null for all regions that have workers */
    public record CycleRequest(@Nullable String region) {}

    /**
     * @param leads whether whoever answers leads; else ask again, another may answer
     * @param begun a ticket for each region whose cycle is begun
     * @param running regions whose last cycle still runs, so that none was begun
     */
    public record CycleRequested(boolean leads, List<Ticket> begun, List<String> running) {
        public CycleRequested {
            begun = List.copyOf(begun);
            running = List.copyOf(running);
        }
    }

    /** @param state a {@link org.nostrmonitor.relay.RelayState} label */
    public record CheckCompleted(String url, String region, Instant cycle, String state, boolean eventStored) {}

    public record CycleCompleted(String region, Instant cycle, int planned, Instant completedAt) {}

    public record EventPublished(String eventId, String target) {}
}
