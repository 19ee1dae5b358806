package org.nostrmonitor.relay;

import java.util.Locale;

/** What a relay is, as the last conclusive check found it. */
public enum RelayState {
    /** Never checked, or a check was not possible through no fault of the relay. */
    UNKNOWN(0),
    /** It opened and answered a read. */
    ONLINE(1),
    /** Online, but a check that used to pass fails. */
    DEGRADED(2),
    /** It did not open, or opened and did not speak Nostr. */
    OFFLINE(3);

    private final int code;

    RelayState(int code) {
        this.code = code;
    }

    /** The number that stands for it in PostgreSQL. Never changes. */
    public int code() {
        return code;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** It can be used: online or degraded. */
    public boolean isUp() {
        return this == ONLINE || this == DEGRADED;
    }

    /** @throws IllegalArgumentException if no state has this code */
    public static RelayState ofCode(int code) {
        for (RelayState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state has the code " + code);
    }
}
