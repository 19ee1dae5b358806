package org.nostrmonitor.nostr;

/** What a relay says to a client (NIP-01, 42, 45, 77). Nothing in it is to be trusted; an event's signature is not checked. */
public sealed interface RelayMessage {
    record Event(String subscription, NostrEvent event) implements RelayMessage {}

    record Ok(String eventId, boolean accepted, String message) implements RelayMessage {}

    record Eose(String subscription) implements RelayMessage {}

    record Closed(String subscription, String message) implements RelayMessage {}

    record Notice(String message) implements RelayMessage {}

    record Auth(String challenge) implements RelayMessage {}

    /** NIP-45: how many events there are, 0 or more. */
    record Count(String query, long count) implements RelayMessage {}

    /** NIP-77. {@code message} should be hex, as negentropy's protocol has it; that is not checked. */
    record NegMsg(String subscription, String message) implements RelayMessage {}

    record NegErr(String subscription, String message) implements RelayMessage {}

    /**
     * A well-formed message of a type that is not known here.
     *
     * @param type at most 64 characters
     */
    record Other(String type) implements RelayMessage {}

    /** The JSON array that goes into one text message. */
    default String toJson() {
        return RelayMessageJson.write(this);
    }

    /**
     * Reads what a relay sent: linear time, JSON depth at most 32. In what is for people (the messages of OK, CLOSED,
     * NOTICE and NEG-ERR) a NUL or half a surrogate pair becomes U+FFFD, and a message left out is empty; anywhere else they are refused.
     *
     * @throws ProtocolException if it is not a relay message; the message says what is wrong, bounded
     */
    static RelayMessage parse(String json) throws ProtocolException {
        return RelayMessageJson.read(Json.parse(json));
    }
}
