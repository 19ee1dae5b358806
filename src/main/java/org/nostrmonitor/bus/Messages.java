package org.nostrmonitor.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;

/** Every address of the bus and what is said there. */
public final class Messages {
    private Messages() {}

    /** consume → probe: make this check now. Answered by one prober per event loop. */
    public static final Endpoint<ProbeRequest, CheckReport> PROBE =
            new Endpoint<>("probe.run", ProbeRequest.class, CheckReport.class, false);

    /** http → schedule: check this relay as soon as possible. */
    public static final Endpoint<CheckRequest, CheckRequested> CHECK_REQUESTED =
            new Endpoint<>("check.requested", CheckRequest.class, CheckRequested.class, true);

    /** consume → http, publish: a result was stored. */
    public static final Topic<CheckCompleted> CHECK_COMPLETED = new Topic<>("check.completed", CheckCompleted.class);

    /** schedule → coordinate, http: all results of a cycle in a region are stored. */
    public static final Topic<CycleCompleted> CYCLE_COMPLETED = new Topic<>("cycle.completed", CycleCompleted.class);

    /** publish → http: a target relay accepted an event. */
    public static final Topic<EventPublished> EVENT_PUBLISHED = new Topic<>("event.published", EventPublished.class);

    public record ProbeRequest(CheckJob job) {}

    /** @param region where to check from, or null for all regions that have workers */
    public record CheckRequest(String url, @Nullable String region) {}

    /** @param jobs how many jobs were queued; 0 if the relay is not known */
    public record CheckRequested(int jobs) {}

    /** @param state a {@link org.nostrmonitor.relay.RelayState} label */
    public record CheckCompleted(String url, String region, Instant cycle, String state, boolean eventStored) {}

    public record CycleCompleted(String region, Instant cycle, int planned, Instant completedAt) {}

    public record EventPublished(String eventId, String target) {}
}
