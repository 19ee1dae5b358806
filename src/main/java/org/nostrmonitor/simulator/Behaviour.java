package org.nostrmonitor.simulator;

import java.util.Locale;
import org.nostrmonitor.relay.Stage;

/** What a simulated relay does, and how common that is. What a monitor must find is in {@link Expected}. */
public enum Behaviour {
    /** Does all that NIP-01 and NIP-11 ask for. */
    HEALTHY(400),
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
    TLS_UNKNOWN(10);

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

    boolean asksForKey() {
        return this == AUTH_REQUIRED || this == AUTH_REFUSED;
    }
}
