package org.nostrmonitor.nostr;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an event's id is the hash of (NIP-01): {@code [0,pubkey,created_at,kind,tags,content]} without spaces, with seven
 * characters escaped and all others as they are.
 *
 * <p>NIP-01 wants the other control characters verbatim too, yet JSON libraries write them as a backslash, {@code u} and four
 * digits, and so do most clients and relays. So a text with such a character has two ids in the wild. They cannot be those of
 * two events, since a backslash of the text itself is always doubled.
 */
final class CanonicalEvent {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(512);
    private final boolean verbatim;

    private CanonicalEvent(boolean verbatim) {
        this.verbatim = verbatim;
    }

    /** The id by the letter of NIP-01, 32 bytes. */
    static byte[] id(String pubkey, long createdAt, int kind, List<List<String>> tags, String content) {
        return sha256(text(pubkey, createdAt, kind, tags, content));
    }

    /** The id as JSON libraries have it, 32 bytes: another one only if there are control characters. */
    static byte[] idAsJson(String pubkey, long createdAt, int kind, List<List<String>> tags, String content) {
        return sha256(new CanonicalEvent(false).write(pubkey, createdAt, kind, tags, content));
    }

    /** What the id by the letter of NIP-01 is the hash of. */
    static String text(String pubkey, long createdAt, int kind, List<List<String>> tags, String content) {
        return new CanonicalEvent(true).write(pubkey, createdAt, kind, tags, content);
    }

    private String write(String pubkey, long createdAt, int kind, List<List<String>> tags, String content) {
        out.append("[0,");
        string(pubkey);
        out.append(',').append(createdAt).append(',').append(kind).append(",[");
        String separator = "";
        for (List<String> tag : tags) {
            out.append(separator);
            separator = ",";
            array(tag);
        }
        out.append("],");
        string(content);
        return out.append(']').toString();
    }

    private void array(List<String> values) {
        out.append('[');
        String separator = "";
        for (String value : values) {
            out.append(separator);
            separator = ",";
            string(value);
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ' && !verbatim) {
                    out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
