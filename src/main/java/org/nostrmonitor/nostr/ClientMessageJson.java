package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** Messages of clients as JSON arrays. */
final class ClientMessageJson {
    private static final int MAX_SUBSCRIPTION_LENGTH = 64;

    private ClientMessageJson() {}

    static ClientMessage read(JsonNode node) throws ProtocolException {
        if (!node.isArray() || !node.path(0).isTextual()) {
            throw new ProtocolException("not an array that begins with the type of a message");
        }
        return switch (node.path(0).textValue()) {
            case "REQ" -> new ClientMessage.Req(subscription(node), filters(node));
            case "EVENT" -> new ClientMessage.Event(EventJson.read(node.path(1)));
            case "CLOSE" -> new ClientMessage.Close(subscription(node));
            case "AUTH" -> new ClientMessage.Auth(EventJson.read(node.path(1)));
            default -> throw new ProtocolException("the type of the message is not known");
        };
    }

    private static String subscription(JsonNode node) throws ProtocolException {
        String subscription = Json.string(node.path(1), "the subscription of a message");
        if (subscription.isEmpty() || subscription.length() > MAX_SUBSCRIPTION_LENGTH) {
            throw new ProtocolException("the subscription is not 1 to " + MAX_SUBSCRIPTION_LENGTH + " characters long");
        }
        return subscription;
    }

    private static List<Filter> filters(JsonNode node) throws ProtocolException {
        if (node.size() < 3) {
            throw new ProtocolException("a REQ without a filter");
        }
        List<Filter> filters = new ArrayList<>(node.size() - 2);
        for (int i = 2; i < node.size(); i++) {
            filters.add(FilterJson.read(node.path(i)));
        }
        return filters;
    }

    static String write(ClientMessage message) {
        return Json.write(tree(message));
    }

    private static ArrayNode tree(ClientMessage message) {
        if (message instanceof ClientMessage.Req req) {
            ArrayNode array = Json.array().add("REQ").add(req.subscription());
            req.filters().forEach(filter -> array.add(FilterJson.tree(filter)));
            return array;
        }
        if (message instanceof ClientMessage.Event event) {
            return Json.array().add("EVENT").add(EventJson.tree(event.event()));
        }
        if (message instanceof ClientMessage.Close close) {
            return Json.array().add("CLOSE").add(close.subscription());
        }
        return Json.array().add("AUTH").add(EventJson.tree(((ClientMessage.Auth) message).event()));
    }
}
