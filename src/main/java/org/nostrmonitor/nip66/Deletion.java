package org.nostrmonitor.nip66;

import java.time.Instant;
import java.util.List;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Kind 5: asks relays to forget an event that should never have been (NIP-09), and all older ones at its address. What was true
 * when it was said is not deleted: a newer event takes its place, or nobody believes it any more.
 */
public final class Deletion {
    public static final int KIND = 5;

    private Deletion() {}

    /** @param publicKey of the one who signed it, and who must sign this */
    public static EventTemplate ofDiscovery(RelayUrl relay, String publicKey, String reason, Instant at) {
        return of(RelayDiscovery.KIND, publicKey, relay.value(), reason, at);
    }

    /** Of the announcement of a monitor, which has no {@code d}. */
    public static EventTemplate ofMonitor(String publicKey, String reason, Instant at) {
        return of(MonitorAnnouncement.KIND, publicKey, "", reason, at);
    }

    private static EventTemplate of(int kind, String publicKey, String d, String reason, Instant at) {
        String address = kind + ":" + publicKey + ":" + d;
        return new EventTemplate(
                at.getEpochSecond(),
                KIND,
                List.of(List.of("a", address), List.of("k", Integer.toString(kind))),
                reason);
    }
}
