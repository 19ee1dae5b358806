package org.nostrmonitor.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/**
 * How it stands with one target relay, as its publisher says.
 *
 * @param connected whether its WebSocket is open
 * @param inFlight events that were sent and wait for an answer
 * @param accepted events that it took since the publisher's start, duplicates included
 * @param refused events that it refused for good since then
 * @param acceptedAt when it took the last one; null if it took none
 * @param refusals those since it took an event last; null if there are none
 * @param lastError what went wrong last, in words, bounded; null if nothing did since it took an event last
 * @param nextAttempt until when nothing is sent, after a failure or at the target's wish; null if it may be sent to
 */
public record TargetState(
        RelayUrl target,
        boolean connected,
        int inFlight,
        long accepted,
        long refused,
        @Nullable Instant acceptedAt,
        @Nullable Refusals refusals,
        @Nullable String lastError,
        @Nullable Instant nextAttempt) {

    /**
     * Refusals in a row.
     *
     * @param count how many, at least 1
     * @param answer the prefix of the last, {@code blocked}; {@code none} if it was given up without an answer
     * @param text the target's words with the last, bounded, storable
     * @param alike whether all of them had that prefix
     */
    public record Refusals(long count, String answer, String text, boolean alike) {}
}
