package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Events as JSON text (NIP-01). Reads strictly: what gets through can be stored, and has an id if it is hashed. */
public final class EventJson {
    /** The largest integer that all JSON readers agree on; some events in the wild count milliseconds. */
    static final long MAX_CREATED_AT = (1L << 53) - 1;

    static final int MAX_KIND = 65535;

    private EventJson() {}

    /**
     * Reads one event: linear time, JSON depth at most 32. Fields that NIP-01 does not know are left out. Its signature is
     * not checked.
     *
     * @throws ProtocolException if a field is missing or of the wrong form, or a string holds a NUL or half a surrogate
     *     pair; the message says which, bounded
     */
    public static NostrEvent parse(String json) throws ProtocolException {
        return read(Json.parse(json));
    }

    public static String write(NostrEvent event) {
        return Json.write(tree(event));
    }

    static NostrEvent read(JsonNode node) throws ProtocolException {
        if (!node.isObject()) {
            throw new ProtocolException("an event is not a JSON object");
        }
        return new NostrEvent(
                Json.hex(node.path("id"), 64, "the event's id"),
                Json.hex(node.path("pubkey"), 64, "the event's pubkey"),
                Json.integer(node.path("created_at"), 0, MAX_CREATED_AT, "the event's created_at"),
                (int) Json.integer(node.path("kind"), 0, MAX_KIND, "the event's kind"),
                tags(node.path("tags")),
                Json.string(node.path("content"), "the event's content"),
                Json.hex(node.path("sig"), 128, "the event's sig"));
    }

    private static List<List<String>> tags(JsonNode node) throws ProtocolException {
        if (!node.isArray()) {
            throw new ProtocolException("the event's tags are not an array");
        }
        List<List<String>> tags = new ArrayList<>(node.size());
        for (JsonNode tag : node) {
            tags.add(tag(tag));
        }
        return tags;
    }

    private static List<String> tag(JsonNode node) throws ProtocolException {
        if (!node.isArray() || node.isEmpty()) {
            throw new ProtocolException("a tag of the event is not an array of at least one string");
        }
        List<String> tag = new ArrayList<>(node.size());
        for (JsonNode value : node) {
            tag.add(Json.string(value, "a value in a tag of the event"));
        }
        return tag;
    }

    static ObjectNode tree(NostrEvent event) {
        ArrayNode tags = Json.array();
        for (List<String> tag : event.tags()) {
            ArrayNode values = tags.addArray();
            tag.forEach(values::add);
        }
        return Json.object()
                .put("id", event.id())
                .put("pubkey", event.pubkey())
                .put("created_at", event.createdAt())
                .put("kind", event.kind())
                .<ObjectNode>set("tags", tags)
                .put("content", event.content())
                .put("sig", event.sig());
    }
}
