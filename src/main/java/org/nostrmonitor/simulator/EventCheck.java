package org.nostrmonitor.simulator;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;

/** Whether an event is one that any relay may take. Answers in the words of an {@code OK false}. */
final class EventCheck {
    private final InstantSource clock;

    EventCheck(InstantSource clock) {
        this.clock = clock;
    }

    /** What is wrong with it (NIP-01, NIP-42), or null. */
    @Nullable
    String faultOf(NostrEvent event) {
        long now = now();
        if (!Signatures.verify(event)) {
            return "invalid: the id or the signature is wrong";
        }
        if (event.kind() == Kinds.AUTH) {
            return "invalid: this kind belongs into an AUTH message";
        }
        if (event.createdAt() > now + Limits.MOST_SECONDS_AHEAD) {
            return "invalid: created in the future";
        }
        return null;
    }

    /** NIP-40. */
    boolean isExpired(NostrEvent event) {
        long now = now();
        return event.tag("expiration")
                .filter(at -> at.matches("\\d{1,15}") && Long.parseLong(at) < now)
                .isPresent();
    }

    /** NIP-70: only its author may publish it. */
    static boolean isProtected(NostrEvent event) {
        return event.tags().stream().anyMatch(tag -> tag.get(0).equals("-"));
    }

    /** What is wrong with the answer to a challenge (NIP-42), or null. */
    @Nullable
    String faultOfAuth(NostrEvent event, String challenge, RelayUrl relay) {
        if (event.kind() != Kinds.AUTH) {
            return "invalid: not of kind " + Kinds.AUTH;
        }
        if (!event.tag("challenge").equals(java.util.Optional.of(challenge))) {
            return "invalid: not the challenge of this connection";
        }
        if (event.tag("relay").filter(url -> isFor(url, relay)).isEmpty()) {
            return "invalid: for another relay than " + relay;
        }
        if (Math.abs(now() - event.createdAt()) > Limits.MOST_SECONDS_OF_AUTH) {
            return "invalid: created too far from now";
        }
        return Signatures.verify(event) ? null : "invalid: the id or the signature is wrong";
    }

    private static boolean isFor(String url, RelayUrl relay) {
        try {
            return RelayUrl.parse(url).equals(relay);
        } catch (InvalidRelayUrl e) {
            return false;
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
