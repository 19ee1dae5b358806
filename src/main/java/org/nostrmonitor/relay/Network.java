package org.nostrmonitor.relay;

import java.util.Locale;

/** The network that a relay is reached through, the {@code n} tag of NIP-66. Told by the host alone. */
public enum Network {
    CLEARNET(0),
    TOR(1),
    I2P(2),
    LOKI(3);

    private final int code;

    Network(int code) {
        this.code = code;
    }

    /** The number that stands for it in PostgreSQL. Never changes. */
    public int code() {
        return code;
    }

    /** The value of the NIP-66 {@code n} tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no network has this code */
    public static Network ofCode(int code) {
        for (Network network : values()) {
            if (network.code == code) {
                return network;
            }
        }
        throw new IllegalArgumentException("no network has the code " + code);
    }

    /** @param host lower case, without a trailing dot */
    public static Network ofHost(String host) {
        if (host.endsWith(".onion")) {
            return TOR;
        }
        if (host.endsWith(".i2p")) {
            return I2P;
        }
        if (host.endsWith(".loki")) {
            return LOKI;
        }
        return CLEARNET;
    }
}
