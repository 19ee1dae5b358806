package org.nostrmonitor.config;

import java.util.Locale;

/** What a node does. A node without a {@code roles} key does all of it. */
public enum Role {
    SCHEDULER,
    WORKER,
    PUBLISHER,
    COORDINATOR,
    DISCOVERY,
    HTTP;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
