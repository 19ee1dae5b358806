package org.nostrmonitor.nostr;

import java.util.List;

/**
 * What a client says to our own relay, read so that a fault is answered where it belongs: {@link ClientMessage#parse} only
 * says that there is one. An event is not read at all, only named.
 */
public sealed interface ClientRequest {
    /** @param filters without those that match nothing, such as one with an empty list: it may be that none is left */
    record Ask(String subscription, List<Filter> filters) implements ClientRequest {
        public Ask {
            filters = List.copyOf(filters);
        }
    }

    /** NIP-45. */
    record Count(String query, List<Filter> filters) implements ClientRequest {
        public Count {
            filters = List.copyOf(filters);
        }
    }

    record Close(String subscription) implements ClientRequest {}

    /**
     * An {@code EVENT} or {@code AUTH}.
     *
     * @param id 64 hex digits
     */
    record Publish(String id, boolean authentication) implements ClientRequest {}

    /**
     * A {@code REQ} or {@code COUNT} that cannot be answered.
     *
     * @param words begin with a prefix of NIP-01
     */
    record Refused(String subscription, boolean counting, String words) implements ClientRequest {}

    /** @param words for people: what cannot be understood of it */
    record Nonsense(String words) implements ClientRequest {}

    /**
     * Reads what a client sent: linear time, JSON depth at most 32.
     *
     * @param mostFilters of one question
     * @param mostValues of one filter, all its lists together
     */
    static ClientRequest read(String json, int mostFilters, int mostValues) {
        return new ClientRequestJson(mostFilters, mostValues).read(json);
    }
}
