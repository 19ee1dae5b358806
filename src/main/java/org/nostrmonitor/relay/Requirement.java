package org.nostrmonitor.relay;

import java.util.Locale;

/** What a relay asks of its users: the values of the NIP-66 {@code R} tag. */
public enum Requirement {
    AUTH,
    WRITES,
    POW,
    PAYMENT;

    /** The value of the NIP-66 {@code R} tag, without {@code !}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
