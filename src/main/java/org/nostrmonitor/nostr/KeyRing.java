package org.nostrmonitor.nostr;

import java.util.Map;
import java.util.Optional;

/** The keys that this node can sign with. */
public interface KeyRing {
    /** The signer of the jobs that this node plans, where their region has no key of its own. */
    EventSigner primary();

    /** The signer of this public key, if its secret is here. */
    Optional<EventSigner> signer(String publicKey);

    static KeyRing of(EventSigner only) {
        return of(only, Map.of(only.publicKey(), only));
    }

    /** @param signers by public key, with the primary one */
    static KeyRing of(EventSigner primary, Map<String, EventSigner> signers) {
        Map<String, EventSigner> all = Map.copyOf(signers);
        return new KeyRing() {
            @Override
            public EventSigner primary() {
                return primary;
            }

            @Override
            public Optional<EventSigner> signer(String publicKey) {
                return Optional.ofNullable(all.get(publicKey));
            }
        };
    }
}
