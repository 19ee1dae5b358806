package org.nostrmonitor.simulator;

import java.util.Locale;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a simulated relay does, how common that is, and what a monitor must find. */
public enum Behaviour {
    /** Does all that NIP-01 and NIP-11 ask for. */
    HEALTHY(400, Expected.online()),
    /** Serves whoever proved a key (NIP-42), whichever it is. */
    AUTH_REQUIRED(45, Expected.online()),
    /** Asks for a key, and then serves nobody. */
    AUTH_REFUSED(20, Expected.online().refusingAll(Reason.RESTRICTED)),
    /** Serves all, takes nothing: {@code restricted:}. */
    WRITE_RESTRICTED(35, Expected.online().refusingWrites(Reason.RESTRICTED)),
    /** Serves all, takes nothing: {@code blocked:}. */
    WRITE_BLOCKED(25, Expected.online().refusingWrites(Reason.REFUSED_BLOCKED)),
    /** Takes events of those who paid, as its NIP-11 document says. */
    PAID(35, Expected.online().refusingWrites(Reason.PAYMENT_REQUIRED)),
    /** Takes events with proof of work (NIP-13), as its NIP-11 document says. */
    POW(15, Expected.online().refusingWrites(Reason.POW)),
    /** Has no events: a REQ gets its EOSE and nothing else. */
    EMPTY(25, Expected.online()),
    /** Answers 404 to a NIP-11 request. */
    NIP11_MISSING(20, Expected.online().withoutNip11()),
    /** Answers a NIP-11 request with what is not a JSON object. */
    NIP11_BROKEN(10, Expected.online().withoutNip11()),
    /** Takes {@value Limits#SLOWEST_MS} ms at most for an answer, within every sensible timeout. */
    SLOW(20, Expected.online()),

    /** Opens and never answers. */
    SILENT(30, Expected.offline(Stage.READ, Reason.NO_REPLY, true)),
    /** Opens and closes when asked. */
    CLOSING_MIDWAY(20, Expected.offline(Stage.READ, Reason.CLOSED, true)),
    /** Nothing listens there. */
    REFUSING(150, Expected.offline(Stage.TCP, Reason.TCP_REFUSED, false)),
    /** A web server that knows of no WebSocket: 502, 403, 404 … */
    HTTP_STATUS(70, Expected.offline(Stage.UPGRADE, Reason.UPGRADE_STATUS, false)),
    TLS_EXPIRED(35, Expected.offline(Stage.TLS, Reason.TLS_EXPIRED, false)),
    TLS_NOT_YET_VALID(5, Expected.offline(Stage.TLS, Reason.TLS_NOT_YET_VALID, false)),
    TLS_WRONG_HOST(15, Expected.offline(Stage.TLS, Reason.TLS_WRONG_HOST, false)),
    TLS_SELF_SIGNED(15, Expected.offline(Stage.TLS, Reason.TLS_SELF_SIGNED, false)),
    TLS_UNKNOWN(10, Expected.offline(Stage.TLS, Reason.TLS_UNKNOWN_ISSUER, false));

    private final int share;
    private final Expected expected;

    Behaviour(int share, Expected expected) {
        this.share = share;
        this.expected = expected;
    }

    /** How many of a thousand relays are like this. */
    int share() {
        return share;
    }

    public Expected expected() {
        return expected;
    }

    /** The first part of the relay's name, {@code tls-expired}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its fault is in the certificate, so that it needs {@code wss://}. */
    boolean faultyCertificate() {
        return expected.stage() == Stage.TLS;
    }

    boolean asksForKey() {
        return this == AUTH_REQUIRED || this == AUTH_REFUSED;
    }
}
