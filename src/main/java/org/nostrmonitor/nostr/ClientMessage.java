package org.nostrmonitor.nostr;

import java.util.List;

/** What a client says to a relay (NIP-01, 42, 45, 77). */
public sealed interface ClientMessage {
    record Req(String subscription, List<Filter> filters) implements ClientMessage {
        public Req {
            filters = List.copyOf(filters);
        }
    }

    record Event(NostrEvent event) implements ClientMessage {}

    record Close(String subscription) implements ClientMessage {}

    record Auth(NostrEvent event) implements ClientMessage {}

    /** NIP-45: how many events there are. */
    record Count(String query, List<Filter> filters) implements ClientMessage {
        public Count {
            filters = List.copyOf(filters);
        }
    }

    /**
     * NIP-77: begins to compare two sets of events.
     *
     * @param message in hex, as negentropy's protocol has it
     */
    record NegOpen(String subscription, Filter filter, String message) implements ClientMessage {}

    record NegMsg(String subscription, String message) implements ClientMessage {}

    record NegClose(String subscription) implements ClientMessage {}

    /** The JSON array that goes into one text message. */
    default String toJson() {
        return ClientMessageJson.write(this);
    }

    /**
     * Reads what a client sent: linear time, JSON depth at most 32.
     *
     * @throws ProtocolException if it is not one of these; the message says what is wrong, bounded
     */
    static ClientMessage parse(String json) throws ProtocolException {
        return ClientMessageJson.read(Json.parse(json));
    }
}
