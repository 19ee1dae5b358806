package org.nostrmonitor.storage;

import io.vertx.core.json.JsonObject;
import org.nostrmonitor.nostr.PlainText;

/**
 * JSON as PostgreSQL takes it for {@code jsonb} too, and for {@code ->>} of {@code json}: neither knows a NUL or half a
 * surrogate pair, however they are written. U+FFFD stands in their place.
 */
final class StorableJson {
    private static final String NUL = "\\u0000";
    private static final String REPLACEMENT = "\\ufffd";

    private StorableJson() {}

    static String of(JsonObject json) {
        String text = PlainText.storable(json.encode());
        return text.contains(NUL) ? withoutNul(text) : text;
    }

    /** A backslash that is itself escaped begins no escape. */
    private static String withoutNul(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            boolean escape = text.charAt(at) == '\\';
            boolean nul = escape && text.startsWith(NUL, at);
            int length = nul ? NUL.length() : escape ? 2 : 1;
            if (nul) {
                clean.append(REPLACEMENT);
            } else {
                clean.append(text, at, at + length);
            }
            at += length;
        }
        return clean.toString();
    }
}
