package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That another monitor says it found a relay online. Hearsay: nothing of it was measured here.
 *
 * @param monitor its public key, 64 hex digits
 * @param at when it says that was; whole seconds
 * @param open how long it says opening took, in whole milliseconds, or null if it does not say; {@code read} and
 *     {@code write} the same
 */
public record Sighting(
        String monitor,
        RelayUrl relay,
        Instant at,
        @Nullable Duration open,
        @Nullable Duration read,
        @Nullable Duration write) {}
