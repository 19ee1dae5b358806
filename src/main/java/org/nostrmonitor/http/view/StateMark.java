package org.nostrmonitor.http.view;

import org.nostrmonitor.relay.RelayState;

/** A state as colour, shape and word. */
public record StateMark(String symbol, String css, String word) {
    public static StateMark of(RelayState state) {
        return switch (state) {
            case ONLINE -> new StateMark("on", "is-on", "Online");
            case DEGRADED -> new StateMark("deg", "is-deg", "Degraded");
            case OFFLINE -> new StateMark("off", "is-off", "Offline");
            case UNKNOWN -> new StateMark("unk", "is-unk", "Not checked");
        };
    }
}
