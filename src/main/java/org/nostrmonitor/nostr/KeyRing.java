package org.nostrmonitor.nostr;

import java.util.Optional;

/** The keys that this node can sign with. */
public interface KeyRing {
    /** The signer of the node's own announcements and of the jobs that it plans. */
    EventSigner primary();

    /** The signer of this public key, if its secret is here. */
    Optional<EventSigner> signer(String publicKey);

    static KeyRing of(EventSigner only) {
        return new KeyRing() {
            @Override
            public EventSigner primary() {
                return only;
            }

            @Override
            public Optional<EventSigner> signer(String publicKey) {
                return only.publicKey().equals(publicKey) ? Optional.of(only) : Optional.empty();
            }
        };
    }
}
