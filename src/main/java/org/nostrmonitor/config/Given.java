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
        INTEGER,
        LIST
    }

    /**
     * @param text of a list: its items with commas between
     * @throws Wrong if it is not of that kind
     */
    static Given of(String path, String where, Kind kind, String text) throws Wrong {
        return new Given(path, where, value(kind, text));
    }

    private static JsonNode value(Kind kind, String text) throws Wrong {
        return switch (kind) {
            case TEXT -> NODES.textNode(text);
            case INTEGER -> integer(text);
            case LIST -> {
                ArrayNode list = NODES.arrayNode();
                for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
                    list.add(item.strip());
                }
                yield list;
            }
        };
    }

    private static JsonNode integer(String text) throws Wrong {
        try {
            return NODES.numberNode(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new Wrong(Formats.quoted(text) + " is not a whole number");
        }
    }
}
