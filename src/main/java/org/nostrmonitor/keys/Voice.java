package org.nostrmonitor.keys;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventSigner;

/**
 * A key as the outside knows it: one monitor with a name, in one place (NIP-66).
 *
 * @param name of its profile
 * @param geohash where it measures from, or null to say nothing
 */
public record Voice(
        EventSigner signer, String name, @Nullable String geohash) {
    public String publicKey() {
        return signer.publicKey();
    }
}
