package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests as JSON arrays, with words for what is wrong with them. */
final class ClientRequestJson {
    private static final int LONGEST_SUBSCRIPTION = 64;
    private static final int LONGEST_NAMED = 32;
    private static final Set<String> LISTS = Set.of("ids", "authors", "kinds");
    private static final Set<String> NUMBERS = Set.of("since", "until", "limit");

    private final int mostFilters;
    private final int mostValues;

    ClientRequestJson(int mostFilters, int mostValues) {
        this.mostFilters = mostFilters;
        this.mostValues = mostValues;
    }

    ClientRequest read(String json) {
        try {
            JsonNode node = Json.parse(json);
            if (!node.isArray() || !node.path(0).isTextual()) {
                return new ClientRequest.Nonsense("invalid: not an array that begins with the type of a message");
            }
            return read(node, node.path(0).textValue());
        } catch (ProtocolException e) {
            return new ClientRequest.Nonsense("invalid: " + e.getMessage());
        }
    }

    private ClientRequest read(JsonNode node, String type) throws ProtocolException {
        return switch (type) {
            case "REQ", "COUNT" -> question(node, type.equals("COUNT"), subscription(node));
            case "CLOSE" -> new ClientRequest.Close(subscription(node));
            case "EVENT", "AUTH" ->
                new ClientRequest.Publish(Json.hex(node.path(1).path("id"), 64, "the event's id"), type.equals("AUTH"));
            default -> new ClientRequest.Nonsense("unsupported: messages of the type " + named(type));
        };
    }

    private static String subscription(JsonNode node) throws ProtocolException {
        String subscription = Json.string(node.path(1), "the subscription of a message");
        if (subscription.isEmpty() || subscription.length() > LONGEST_SUBSCRIPTION) {
            throw new ProtocolException("the subscription is not 1 to " + LONGEST_SUBSCRIPTION + " characters long");
        }
        return subscription;
    }

    private ClientRequest question(JsonNode node, boolean counting, String subscription) {
        int filters = node.size() - 2;
        if (filters < 1) {
            return refused(subscription, counting, "invalid: a question without a filter");
        }
        if (filters > mostFilters) {
            return refused(subscription, counting, "restricted: more than " + mostFilters + " filters in one question");
        }
        List<Filter> read = new ArrayList<>(filters);
        try {
            for (int i = 2; i < node.size(); i++) {
                String refusal = refusal(node.path(i));
                if (!refusal.isEmpty()) {
                    return refused(subscription, counting, refusal);
                }
                if (!matchesNothing(node.path(i))) {
                    read.add(FilterJson.read(node.path(i)));
                }
            }
        } catch (ProtocolException e) {
            return refused(subscription, counting, "invalid: " + e.getMessage());
        }
        return counting ? new ClientRequest.Count(subscription, read) : new ClientRequest.Ask(subscription, read);
    }

    private static ClientRequest refused(String subscription, boolean counting, String words) {
        return new ClientRequest.Refused(subscription, counting, words);
    }

    /** Empty if there is none. A condition that is not known must not be passed over: the answer would hold too much. */
    private String refusal(JsonNode filter) {
        int values = 0;
        for (Map.Entry<String, JsonNode> field : filter.properties()) {
            String key = field.getKey();
            if (!LISTS.contains(key) && !NUMBERS.contains(key) && !isTag(key)) {
                return "unsupported: " + named(key) + " in a filter";
            }
            values += field.getValue().size();
        }
        return values > mostValues ? "restricted: more than " + mostValues + " values in one filter" : "";
    }

    private static boolean isTag(String key) {
        return key.length() == 2 && key.charAt(0) == '#';
    }

    /** NIP-01: at least one of the values must match, and of none none does. */
    private static boolean matchesNothing(JsonNode filter) {
        return filter.properties().stream()
                .anyMatch(
                        field -> field.getValue().isArray() && field.getValue().isEmpty());
    }

    private static String named(String word) {
        return "\"" + PlainText.storable(word, LONGEST_NAMED) + "\"";
    }
}
