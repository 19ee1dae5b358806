package org.nostrmonitor.publish;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.RelayUrl;

/** Who we have said we are on one connection (NIP-42): one answer to a challenge for each key that signs events. */
final class Authentication {
    private static final int KIND = 22242;
    private static final int LONGEST_CHALLENGE = 1_000;
    private static final int MOST_CHALLENGES = 20;

    private final RelayUrl target;
    private final KeyRing keys;
    private final InstantSource clock;
    private final Consumer<ClientMessage> send;
    private final Map<String, Claim> claims = new HashMap<>();
    private @Nullable String challenge;
    private int challenges;

    enum Standing {
        /** The target has not asked yet. */
        UNASKED,
        CLAIMED,
        ACCEPTED,
        REFUSED
    }

    private static final class Claim {
        private final String eventId;
        private Standing standing = Standing.CLAIMED;

        Claim(String eventId) {
            this.eventId = eventId;
        }
    }

    Authentication(RelayUrl target, KeyRing keys, InstantSource clock, Consumer<ClientMessage> send) {
        this.target = target;
        this.keys = keys;
        this.clock = clock;
        this.send = send;
    }

    /** Answers at once for the primary key; for others when an event of theirs needs it. */
    void challenged(String newChallenge) {
        challenges++;
        if (newChallenge.length() <= LONGEST_CHALLENGE && challenges <= MOST_CHALLENGES) {
            challenge = newChallenge;
            claims.clear();
            standing(keys.primary().publicKey());
        }
    }

    /** How we stand as an author's signer; claims to be it if the target has asked and we have not yet. */
    Standing standing(String author) {
        String asked = challenge;
        if (asked == null) {
            return Standing.UNASKED;
        }
        EventSigner signer = keys.signer(author).orElse(keys.primary());
        Claim made = claims.get(signer.publicKey());
        if (made != null) {
            return made.standing;
        }
        NostrEvent proof = signer.sign(new EventTemplate(
                clock.instant().getEpochSecond(),
                KIND,
                List.of(List.of("relay", target.value()), List.of("challenge", asked)),
                ""));
        claims.put(signer.publicKey(), new Claim(proof.id()));
        send.accept(new ClientMessage.Auth(proof));
        return Standing.CLAIMED;
    }

    boolean wasChallenged() {
        return challenge != null;
    }

    /** Takes note if this is the first answer to one of our claims. */
    boolean answered(RelayMessage.Ok ok) {
        for (Claim claim : claims.values()) {
            if (claim.standing == Standing.CLAIMED && claim.eventId.equals(ok.eventId())) {
                claim.standing = ok.accepted() ? Standing.ACCEPTED : Standing.REFUSED;
                return true;
            }
        }
        return false;
    }
}
