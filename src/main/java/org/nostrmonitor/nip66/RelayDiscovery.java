package org.nostrmonitor.nip66;

import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.CheckReport;

/** Kind 30166: what was found about one relay that is online. */
public final class RelayDiscovery {
    public static final int KIND = 30166;

    private RelayDiscovery() {}

    /**
     * The event of a report, to be signed.
     *
     * @throws IllegalArgumentException if the relay is not up: nothing is said about what did not answer
     */
    public static EventTemplate of(CheckReport report) {
        throw new IllegalStateException("not written yet");
    }
}
