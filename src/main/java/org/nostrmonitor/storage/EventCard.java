package org.nostrmonitor.storage;

import java.util.Set;

/**
 * What filters look at of a stored event.
 *
 * @param createdAt seconds since the epoch
 * @param tags its single-letter tags, in the form of {@link TagEntry}
 * @param writer the transaction that stored it
 */
public record EventCard(String id, String pubkey, int kind, long createdAt, Set<Long> tags, long writer) {
    public EventCard {
        tags = Set.copyOf(tags);
    }
}
