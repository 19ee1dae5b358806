package org.nostrmonitor.relay;

import java.util.Locale;

/**
 * Why a check did not simply pass. Codes below 100 are faults ({@link Outcome.Failed}), from 100 on a relay's own answer
 * ({@link Outcome.Refused}), from 200 on our own decision not to ask ({@link Outcome.NotTested}).
 */
public enum Reason {
    DNS_NOT_FOUND(1),
    DNS_NO_ADDRESS(2),
    DNS_SERVER_FAILURE(3),
    DNS_TIMEOUT(4),
    TCP_REFUSED(10),
    TCP_TIMEOUT(11),
    TCP_UNREACHABLE(12),
    TCP_RESET(13),
    PROXY_FAILED(14),
    TLS_EXPIRED(20),
    TLS_NOT_YET_VALID(21),
    TLS_WRONG_HOST(22),
    TLS_SELF_SIGNED(23),
    TLS_UNKNOWN_ISSUER(24),
    TLS_BAD_CERTIFICATE(25),
    TLS_HANDSHAKE(26),
    TLS_TIMEOUT(27),
    UPGRADE_STATUS(30),
    UPGRADE_TIMEOUT(31),
    NO_REPLY(40),
    PROTOCOL(41),
    TOO_LARGE(42),
    CLOSED(43),
    RESET(44),
    HTTP_STATUS(50),
    NOT_JSON(51),
    REDIRECT_BLOCKED(52),

    AUTH_REQUIRED(100),
    RESTRICTED(101),
    PAYMENT_REQUIRED(102),
    POW(103),
    RATE_LIMITED(104),
    MUTE(105),
    REFUSED_BLOCKED(106),
    INVALID(107),
    ERROR(108),
    UNSUPPORTED(109),
    REFUSED(110),

    NOT_REACHED(200),
    NOT_DUE(201),
    DISABLED(202),
    NO_PROXY(203),
    BLOCKED(204),
    NO_ROUTE(205),
    PROXY_UNUSABLE(206),
    CROWDED(207);

    private final int code;

    Reason(int code) {
        this.code = code;
    }

    /** The number that stands for it in PostgreSQL. Never changes; zero is kept for "passed". */
    public int code() {
        return code;
    }

    /** Nothing came in time: the relay's fault only if we were listening. */
    public boolean isTimeout() {
        return switch (this) {
            case DNS_TIMEOUT, TCP_TIMEOUT, TLS_TIMEOUT, UPGRADE_TIMEOUT, NO_REPLY -> true;
            default -> false;
        };
    }

    /** As it is printed, {@code tls_expired}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no reason has this code */
    public static Reason ofCode(int code) {
        for (Reason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason has the code " + code);
    }

    /** @throws IllegalArgumentException if no reason has this label */
    public static Reason ofLabel(String label) {
        for (Reason reason : values()) {
            if (reason.label().equals(label)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason is called " + label);
    }
}
