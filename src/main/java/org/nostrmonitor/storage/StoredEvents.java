package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The stored events as a relay reads them (NIP-01, NIP-45): which there are for some filters, what they say, and which are
 * new. Every future fails within seconds if PostgreSQL is away or too slow.
 */
public interface StoredEvents {
    /**
     * @param ids newest first, of the same second the lowest id first; each once
     * @param at what could be seen of what was being stored
     */
    record Found(List<String> ids, Snapshot at) {
        public Found {
            ids = List.copyOf(ids);
        }
    }

    /** The newest events for each filter, as many as its limit allows, together. */
    Future<Found> find(List<EventFilter> filters);

    /** How many events there are for any of the filters; their limits play no part. */
    Future<Long> count(List<EventFilter> filters);

    /** Their JSON as it was stored, by id. An event that was replaced in the meantime is not there. */
    Future<Map<String, String>> texts(Collection<String> ids);

    /** What can be seen now. */
    Future<Snapshot> now();

    /**
     * Hands over what was stored since, in pages; the next one is read when {@code each} has completed. Completes with what
     * could be seen. What has been waiting for longer than an hour is left out.
     */
    Future<Snapshot> since(Snapshot before, Function<List<EventCard>, Future<Void>> each);
}
