package org.nostrmonitor.nostr;

import java.util.List;

/** What a client says to a relay (NIP-01, NIP-42). */
public sealed interface ClientMessage {
    record Req(String subscription, List<Filter> filters) implements ClientMessage {
        public Req {
            filters = List.copyOf(filters);
        }
    }

    record Event(NostrEvent event) implements ClientMessage {}

    record Close(String subscription) implements ClientMessage {}

    record Auth(NostrEvent event) implements ClientMessage {}

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
