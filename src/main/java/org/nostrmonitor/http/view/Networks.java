package org.nostrmonitor.http.view;

import org.nostrmonitor.relay.Network;

/** The networks by the names that people know. */
final class Networks {
    private Networks() {}

    static String name(Network network) {
        return switch (network) {
            case CLEARNET -> "Clearnet";
            case TOR -> "Tor";
            case I2P -> "I2P";
            case LOKI -> "Lokinet";
        };
    }
}
