package org.nostrmonitor.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A value for a key from outside of the file.
 *
 * @param path the key, {@code http.port}
 * @param where what a fault names: the environment variable or the flag
 */
record Given(String path, String where, JsonNode value) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** How a text from outside is taken. */
    enum Kind {
        TEXT,
        SECRET,
        INTEGER,
        LIST
    }

    /**
     * @param text of a list: its items with commas between
     * @throws Wrong if it is not of that kind
     */
    static Given of(String path, String where, Kind kind, CharSequence text) throws Wrong {
        JsonNode value = switch (kind) {
            case SECRET -> NODES.pojoNode(Secret.of(text));
            case TEXT -> NODES.textNode(text.toString());
            case INTEGER -> integer(text.toString());
            case LIST -> list(text.toString());
        };
        return new Given(path, where, value);
    }

    private static ArrayNode list(String text) {
        ArrayNode list = NODES.arrayNode();
        for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
            list.add(item.strip());
        }
        return list;
    }

    private static JsonNode integer(String text) throws Wrong {
        try {
            return NODES.numberNode(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new Wrong(Formats.quoted(text) + " is not a whole number");
        }
    }
}
