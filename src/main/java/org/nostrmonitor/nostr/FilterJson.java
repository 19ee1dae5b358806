package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters as JSON (NIP-01). A key that is not known is left out. An empty list is refused: to
 * some relays it means "nothing", to others "any".
 */
final class FilterJson {
    private FilterJson() {}

    static Filter read(JsonNode node) throws ProtocolException {
        if (!node.isObject()) {
            throw new ProtocolException("a filter is not a JSON object");
        }
        Long limit = integer(node, "limit", Integer.MAX_VALUE);
        return new Filter(
                hexes(node, "ids"),
                hexes(node, "authors"),
                kinds(node),
                tags(node),
                integer(node, "since", EventJson.MAX_CREATED_AT),
                integer(node, "until", EventJson.MAX_CREATED_AT),
                limit == null ? null : limit.intValue(),
                text(node, "search"));
    }

    private static @Nullable String text(JsonNode node, String key) throws ProtocolException {
        return node.has(key) ? Json.string(node.path(key), "the filter's " + key) : null;
    }

    private static List<String> hexes(JsonNode filter, String key) throws ProtocolException {
        List<String> values = new ArrayList<>();
        for (JsonNode value : list(filter, key)) {
            values.add(Json.hex(value, 64, "a value in the filter's " + key));
        }
        return values;
    }

    private static List<Integer> kinds(JsonNode filter) throws ProtocolException {
        List<Integer> kinds = new ArrayList<>();
        for (JsonNode kind : list(filter, "kinds")) {
            kinds.add((int) Json.integer(kind, 0, EventJson.MAX_KIND, "a value in the filter's kinds"));
        }
        return kinds;
    }

    private static Map<String, List<String>> tags(JsonNode filter) throws ProtocolException {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : filter.properties()) {
            String key = field.getKey();
            if (key.startsWith("#")) {
                tags.put(tagName(key), values(filter, key));
            }
        }
        return tags;
    }

    private static String tagName(String key) throws ProtocolException {
        char name = key.length() == 2 ? key.charAt(1) : 0;
        if ((name < 'a' || name > 'z') && (name < 'A' || name > 'Z')) {
            throw new ProtocolException("a tag in the filter is not one letter");
        }
        return String.valueOf(name);
    }

    private static List<String> values(JsonNode filter, String key) throws ProtocolException {
        List<String> values = new ArrayList<>();
        for (JsonNode value : list(filter, key)) {
            values.add(Json.string(value, "a value in the filter's " + key));
        }
        return values;
    }

    private static JsonNode list(JsonNode filter, String key) throws ProtocolException {
        JsonNode list = filter.path(key);
        if (!list.isMissingNode() && (!list.isArray() || list.isEmpty())) {
            throw new ProtocolException("the filter's " + key + " is not an array of at least one value");
        }
        return list;
    }

    private static @Nullable Long integer(JsonNode filter, String key, long most) throws ProtocolException {
        return filter.has(key) ? (Long) Json.integer(filter.path(key), 0, most, "the filter's " + key) : null;
    }

    static ObjectNode tree(Filter filter) {
        ObjectNode node = Json.object();
        put(node, "ids", filter.ids());
        put(node, "authors", filter.authors());
        if (!filter.kinds().isEmpty()) {
            ArrayNode kinds = node.putArray("kinds");
            filter.kinds().forEach(kinds::add);
        }
        filter.tags().forEach((name, values) -> put(node, "#" + name, values));
        put(node, "since", filter.since());
        put(node, "until", filter.until());
        Integer limit = filter.limit();
        put(node, "limit", limit == null ? null : (Long) limit.longValue());
        if (filter.search() != null) {
            node.put("search", filter.search());
        }
        return node;
    }

    private static void put(ObjectNode node, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = node.putArray(key);
            values.forEach(list::add);
        }
    }

    private static void put(ObjectNode node, String key, @Nullable Long value) {
        if (value != null) {
            node.put(key, value);
        }
    }
}
