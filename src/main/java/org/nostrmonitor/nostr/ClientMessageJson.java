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
            case "COUNT" -> new ClientMessage.Count(subscription(node), filters(node));
            case "EVENT" -> new ClientMessage.Event(EventJson.read(node.path(1)));
            case "CLOSE" -> new ClientMessage.Close(subscription(node));
            case "NEG-OPEN" ->
                new ClientMessage.NegOpen(subscription(node), FilterJson.read(node.path(2)), message(node, 3));
            case "NEG-MSG" -> new ClientMessage.NegMsg(subscription(node), message(node, 2));
            case "NEG-CLOSE" -> new ClientMessage.NegClose(subscription(node));
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

    private static String message(JsonNode node, int at) throws ProtocolException {
        return Json.string(node.path(at), "the message of negentropy");
    }

    private static List<Filter> filters(JsonNode node) throws ProtocolException {
        if (node.size() < 3) {
            throw new ProtocolException("a question without a filter");
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
            return question("REQ", req.subscription(), req.filters());
        }
        if (message instanceof ClientMessage.Count count) {
            return question("COUNT", count.query(), count.filters());
        }
        if (message instanceof ClientMessage.Event event) {
            return Json.array().add("EVENT").add(EventJson.tree(event.event()));
        }
        if (message instanceof ClientMessage.Close close) {
            return Json.array().add("CLOSE").add(close.subscription());
        }
        if (message instanceof ClientMessage.NegOpen open) {
            return Json.array()
                    .add("NEG-OPEN")
                    .add(open.subscription())
                    .add(FilterJson.tree(open.filter()))
                    .add(open.message());
        }
        if (message instanceof ClientMessage.NegMsg said) {
            return Json.array().add("NEG-MSG").add(said.subscription()).add(said.message());
        }
        if (message instanceof ClientMessage.NegClose close) {
            return Json.array().add("NEG-CLOSE").add(close.subscription());
        }
        return Json.array().add("AUTH").add(EventJson.tree(((ClientMessage.Auth) message).event()));
    }

    private static ArrayNode question(String type, String id, List<Filter> filters) {
        ArrayNode array = Json.array().add(type).add(id);
        filters.forEach(filter -> array.add(FilterJson.tree(filter)));
        return array;
    }
}
