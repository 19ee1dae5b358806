package org.nostrmonitor.publish;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/**
 * How it stands with one target relay.
 *
 * @param connected whether its WebSocket is open
 * @param inFlight events that were sent and wait for an answer
 * @param accepted events that it took since the start, duplicates included
 * @param refused events that it refused for good since the start
 * @param lastError what went wrong last, in words, bounded; null if nothing did
 * @param nextAttempt until when nothing is sent, after a failure or at the target's wish; null if it may be sent to
 */
public record TargetState(
        RelayUrl target,
        boolean connected,
        int inFlight,
        long accepted,
        long refused,
        @Nullable String lastError,
        @Nullable Instant nextAttempt) {}
