package org.nostrmonitor.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * An event, and how far it has come.
 *
 * @param storedAt since when it could be sent
 * @param pending the targets that have not said their last word on it
 * @param deliveries what the others said, by their URL
 */
public record Published(
        NostrEvent event, Instant storedAt, List<RelayUrl> pending, Map<RelayUrl, Delivery> deliveries) {
    public Published {
        pending = List.copyOf(pending);
        deliveries = Map.copyOf(deliveries);
    }

    /**
     * A target's last word on the event.
     *
     * @param answer as in {@link LastWord}
     * @param at when it was settled, to the second
     */
    public record Delivery(String answer, Instant at, String text) {
        /** Whether the target has the event, from us or from another. */
        public boolean accepted() {
            return answer.equals("accepted") || answer.equals("duplicate");
        }
    }
}
