package org.nostrmonitor.simulator;

import java.util.Locale;
import org.nostrmonitor.relay.Stage;

/**
 * What a simulated relay does, and how common that is. What a monitor must find is in {@link Expected}. Unless its name says
 * otherwise a relay does what its NIP-11 document claims.
 */
public enum Behaviour {
    /** Does all that NIP-01 and NIP-11 ask for. */
    HEALTHY(412),
    /** Serves whoever proved a key (NIP-42), whichever it is. */
    AUTH_REQUIRED(45),
    /** Asks for a key, and then serves nobody. */
    AUTH_REFUSED(20),
    /** Serves all, takes nothing: {@code restricted:}. */
    WRITE_RESTRICTED(35),
    /** Serves all, takes nothing: {@code blocked:}. */
    WRITE_BLOCKED(25),
    /** Takes events of those who paid, as its NIP-11 document says. */
    PAID(35),
    /** Takes events with proof of work (NIP-13), as its NIP-11 document says. */
    POW(15),
    /** Has no events: a REQ gets its EOSE and nothing else. */
    EMPTY(25),
    /** Answers 404 to a NIP-11 request. */
    NIP11_MISSING(20),
    /** Answers a NIP-11 request with what is not a JSON object. */
    NIP11_BROKEN(10),
    /** Takes {@value Limits#SLOWEST_MS} ms at most for an answer, within every sensible timeout. */
    SLOW(20),

    /** Opens and never answers. */
    SILENT(30),
    /** Opens and closes when asked. */
    CLOSING_MIDWAY(20),
    /** Nothing listens there. */
    REFUSING(150),
    /** A web server that knows of no WebSocket: 502, 403, 404 … */
    HTTP_STATUS(70),
    TLS_EXPIRED(35),
    TLS_NOT_YET_VALID(5),
    TLS_WRONG_HOST(15),
    TLS_SELF_SIGNED(15),
    TLS_UNKNOWN(10),

    /** Challenges at connect, and leaves everything unanswered until it has seen a key. */
    AUTH_AT_ONCE(1),
    /** Refuses first and challenges right behind that. */
    AUTH_LATE(1),
    /** Serves whoever proved a key, and claims to need none. */
    AUTH_UNCLAIMED(1),
    /** Claims to need a key, and serves everybody. */
    AUTH_CLAIMED_ONLY(1),
    /** Answers everything with a NOTICE. */
    NOTICE_ONLY(1),
    /** Opens a WebSocket, and speaks another protocol on it. */
    NOT_NOSTR(1),
    /** Takes every event with {@code duplicate:}. */
    DUPLICATE(1),
    /** Takes no event for now: {@code rate-limited:}. */
    RATE_LIMITED(1),
    /** Ignores ephemeral events: {@code mute:}. */
    MUTE(1),
    /** Takes events with so little proof of work (NIP-13) that a client can do it, and does not claim to ask for any. */
    POW_EASY(1),
    /** Claims all NIPs that can be tested, and does them. */
    CAPABLE(1),
    /** Claims all NIPs that can be tested, and does none. */
    BOASTFUL(1),
    /** Claims NIP-45, and leaves a COUNT unanswered. */
    DEAF_TO_COUNT(1),
    /** Claims NIP-45, and closes the connection when asked to count. */
    CLOSING_ON_COUNT(1),
    /** Claims all, and closes the connection when asked to search. */
    CLOSING_ON_SEARCH(1);

    /** What has a smaller share is left out of small networks. */
    private static final int LEAST_COMMON_SHARE = 5;

    private final int share;

    Behaviour(int share) {
        this.share = share;
    }

    /** How many of a thousand relays are like this. */
    int share() {
        return share;
    }

    public Expected expected() {
        return Expected.of(this);
    }

    /** The first part of the relay's name, {@code tls-expired}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its fault is in the certificate, so that it needs {@code wss://}. */
    boolean faultyCertificate() {
        return expected().stage() == Stage.TLS;
    }

    /** Whether it is among the few of a large network only. */
    boolean isRare() {
        return share < LEAST_COMMON_SHARE;
    }

    boolean asksForKey() {
        return this == AUTH_REFUSED || servesKeys();
    }

    /** Whether it serves whoever proved a key, and nobody else. */
    boolean servesKeys() {
        return switch (this) {
            case AUTH_REQUIRED, AUTH_AT_ONCE, AUTH_LATE, AUTH_UNCLAIMED -> true;
            default -> false;
        };
    }

    boolean claimsToAskForKey() {
        return this == AUTH_CLAIMED_ONLY || (asksForKey() && this != AUTH_UNCLAIMED);
    }
}
