package org.nostrmonitor.relay;

import java.util.Locale;

/**
 * What can be checked about a relay: the values of the NIP-66 {@code c} tag that this monitor makes. Capabilities are tests of
 * what NIP-11 claims: the NIP has no word for that, and leaves the list open.
 */
public enum CheckType {
    OPEN,
    READ,
    WRITE,
    NIP11,
    CAPABILITIES;

    /** The value of the NIP-66 {@code c} tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such check */
    public static CheckType ofLabel(String label) {
        for (CheckType check : values()) {
            if (check.label().equals(label)) {
                return check;
            }
        }
        throw new IllegalArgumentException("no check is called " + label);
    }
}
