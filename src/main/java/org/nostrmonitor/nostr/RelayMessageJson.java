package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** Messages of relays as JSON arrays. Elements behind those that are known are ignored, so that NIPs can add some. */
final class RelayMessageJson {
    private static final int MAX_TYPE_LENGTH = 64;

    private RelayMessageJson() {}

    static RelayMessage read(JsonNode node) throws ProtocolException {
        if (!node.isArray() || !node.path(0).isTextual()) {
            throw new ProtocolException("not an array that begins with the type of a message");
        }
        String type = node.path(0).textValue();
        return switch (type) {
            case "EVENT" -> new RelayMessage.Event(subscription(node), EventJson.read(node.path(2)));
            case "OK" ->
                new RelayMessage.Ok(Json.string(node.path(1), "the event id of OK"), accepted(node), text(node, 3));
            case "EOSE" -> new RelayMessage.Eose(subscription(node));
            case "CLOSED" -> new RelayMessage.Closed(subscription(node), text(node, 2));
            case "NOTICE" -> new RelayMessage.Notice(text(node, 1));
            case "AUTH" -> new RelayMessage.Auth(Json.string(node.path(1), "the challenge of AUTH"));
            case "COUNT" -> new RelayMessage.Count(subscription(node), count(node.path(2)));
            case "NEG-MSG" ->
                new RelayMessage.NegMsg(subscription(node), Json.string(node.path(2), "the message of NEG-MSG"));
            case "NEG-ERR" -> new RelayMessage.NegErr(subscription(node), text(node, 2));
            default -> new RelayMessage.Other(PlainText.storable(type, MAX_TYPE_LENGTH));
        };
    }

    private static String subscription(JsonNode node) throws ProtocolException {
        return Json.string(node.path(1), "the subscription of a message");
    }

    private static boolean accepted(JsonNode node) throws ProtocolException {
        if (!node.path(2).isBoolean()) {
            throw new ProtocolException("the verdict of OK is not true or false");
        }
        return node.path(2).booleanValue();
    }

    private static long count(JsonNode node) throws ProtocolException {
        return Json.integer(node.path("count"), 0, Long.MAX_VALUE, "the count of COUNT");
    }

    private static String text(JsonNode node, int at) throws ProtocolException {
        JsonNode text = node.path(at);
        if (text.isMissingNode()) {
            return "";
        }
        if (!text.isTextual()) {
            throw new ProtocolException("the text of a message is not a string");
        }
        return PlainText.storable(text.textValue());
    }

    static String write(RelayMessage message) {
        return Json.write(tree(message));
    }

    private static ArrayNode tree(RelayMessage message) {
        if (message instanceof RelayMessage.Event event) {
            return Json.array().add("EVENT").add(event.subscription()).add(EventJson.tree(event.event()));
        }
        if (message instanceof RelayMessage.Ok ok) {
            return Json.array().add("OK").add(ok.eventId()).add(ok.accepted()).add(ok.message());
        }
        if (message instanceof RelayMessage.Eose eose) {
            return Json.array().add("EOSE").add(eose.subscription());
        }
        if (message instanceof RelayMessage.Closed closed) {
            return Json.array().add("CLOSED").add(closed.subscription()).add(closed.message());
        }
        if (message instanceof RelayMessage.Notice notice) {
            return Json.array().add("NOTICE").add(notice.message());
        }
        if (message instanceof RelayMessage.Auth auth) {
            return Json.array().add("AUTH").add(auth.challenge());
        }
        if (message instanceof RelayMessage.Count count) {
            return Json.array()
                    .add("COUNT")
                    .add(count.query())
                    .add(Json.object().put("count", count.count()));
        }
        if (message instanceof RelayMessage.NegMsg said) {
            return Json.array().add("NEG-MSG").add(said.subscription()).add(said.message());
        }
        if (message instanceof RelayMessage.NegErr error) {
            return Json.array().add("NEG-ERR").add(error.subscription()).add(error.message());
        }
        return Json.array().add(((RelayMessage.Other) message).type());
    }
}
