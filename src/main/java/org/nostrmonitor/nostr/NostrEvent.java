package org.nostrmonitor.nostr;

import java.util.List;
import java.util.Optional;

/**
 * A signed event (NIP-01). That it has this shape says nothing of its signature: see {@link Signatures#verify}.
 *
 * @param id 64 hex digits, SHA-256 of the canonical serialisation
 * @param pubkey 64 hex digits
 * @param createdAt seconds since the epoch
 * @param kind 0 to 65535
 * @param sig 128 hex digits, BIP-340
 */
public record NostrEvent(
        String id, String pubkey, long createdAt, int kind, List<List<String>> tags, String content, String sig) {
    public NostrEvent {
        tags = tags.stream().map(List::copyOf).toList();
    }

    /** The first value of the first tag of this name. */
    public Optional<String> tag(String name) {
        return tags.stream()
                .filter(tag -> tag.size() > 1 && tag.get(0).equals(name))
                .map(tag -> tag.get(1))
                .findFirst();
    }
}
