package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * The signed events that target relays have not accepted yet: discovery events and announcements. Bounded by the number
 * of relays, since a newer event takes the place of an older one.
 */
public interface Outbox {
    /**
     * The ids of up to {@code most} events pending for a target, oldest first, without those in {@code exceptIds}. It costs as
     * much as there are events pending: ask for many.
     */
    Future<List<String>> pendingIds(RelayUrl target, int most, Collection<String> exceptIds);

    /** The first of them at once: for a handful. */
    default Future<List<NostrEvent>> pending(RelayUrl target, int most, Collection<String> exceptIds) {
        return pendingIds(target, most, exceptIds).compose(ids -> pending(target, ids));
    }

    /** Those of these events that are still pending for the target, in the order of the ids. */
    Future<List<NostrEvent>> pending(RelayUrl target, List<String> ids);

    /**
     * The target has these events, or will never take them: they are no longer pending for it, and what it said is kept with
     * them. Of an event that a newer one has replaced, or that was settled before, nothing is kept.
     */
    Future<Void> settled(RelayUrl target, Collection<LastWord> words);

    /** How many events are pending, by target URL. */
    Future<Map<String, Integer>> depth();

    /**
     * Stores the monitor's own event (10166, 0, 10002) and makes it pending for the targets, unless the stored one of its
     * kind and author is as new. Completes with whether it was stored.
     */
    Future<Boolean> announce(NostrEvent event, List<RelayUrl> targets);

    /**
     * Stores a deletion request (kind 5, NIP-09) whose first {@code a} names one of our events, and makes it pending for the
     * targets. The event that it names, if it is not newer, is no longer stored nor sent. Completes with whether the request
     * was stored: not if one of the same address is as new.
     */
    Future<Boolean> retract(NostrEvent request, List<RelayUrl> targets);

    /** The stored announcements of an author, with the deletion requests. */
    Future<List<NostrEvent>> announcements(String pubkey);

    /** The stored discovery events of a relay, one per key. */
    Future<List<NostrEvent>> discoveries(RelayUrl relay);

    /** The same with what became of each at its targets. */
    Future<List<Published>> deliveries(RelayUrl relay);
}
