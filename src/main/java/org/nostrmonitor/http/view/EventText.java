package org.nostrmonitor.http.view;

import io.vertx.core.json.Json;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nostrmonitor.nostr.NostrEvent;

/**
 * A signed event as JSON to read and to copy, a tag a line. Characters that could change how it reads are written as JSON escapes:
 * it is the same event, and nothing of it is obeyed.
 */
final class EventText {
    private EventText() {}

    static String of(NostrEvent event) {
        String tags = event.tags().stream().map(Json::encode).collect(Collectors.joining(",\n    "));
        return plain("{\n"
                + field("id", Json.encode(event.id()))
                + field("pubkey", Json.encode(event.pubkey()))
                + field("created_at", Long.toString(event.createdAt()))
                + field("kind", Integer.toString(event.kind()))
                + "  \"tags\": [\n    " + tags + "\n  ],\n"
                + field("content", Json.encode(event.content()))
                + "  \"sig\": " + Json.encode(event.sig()) + "\n}");
    }

    private static String field(String name, String value) {
        return "  \"" + name + "\": " + value + ",\n";
    }

    /** What is left of these is inside of strings: JSON itself has none but line breaks, which are ours. */
    private static String plain(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> {
                    for (char unit : Character.toChars(c)) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                    }
                }
                default -> text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
