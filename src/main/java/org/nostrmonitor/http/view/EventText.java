package org.nostrmonitor.http.view;

import io.vertx.core.json.Json;
import java.util.stream.Collectors;
import org.nostrmonitor.nostr.NostrEvent;

/** A signed event as JSON to read, a tag a line. */
final class EventText {
    private EventText() {}

    static String of(NostrEvent event) {
        String tags = event.tags().stream().map(Json::encode).collect(Collectors.joining(",\n    "));
        return "{\n"
                + field("id", Json.encode(event.id()))
                + field("pubkey", Json.encode(event.pubkey()))
                + field("created_at", Long.toString(event.createdAt()))
                + field("kind", Integer.toString(event.kind()))
                + "  \"tags\": [\n    " + tags + "\n  ],\n"
                + field("content", Json.encode(event.content()))
                + "  \"sig\": " + Json.encode(event.sig()) + "\n}";
    }

    private static String field(String name, String value) {
        return "  \"" + name + "\": " + value + ",\n";
    }
}
