package org.nostrmonitor.http;

import org.nostrmonitor.relay.RelayUrl;

/** What was asked for is not there; the message says what. */
final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String what) {
        super(what);
    }

    static Unknown relay(RelayUrl url) {
        return new Unknown(url + " is not among the relays that are checked here.");
    }
}
