package org.nostrmonitor.nostr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON from strangers: linear time and bounded depth, whatever they wrote. How long a text may be is the caller's bound. */
final class Json {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 100;

    /** Names are strangers' too: not interned and not kept in a symbol table that outlives the message. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode parse(String json) throws ProtocolException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root.isMissingNode()) {
                throw new ProtocolException("an empty text instead of JSON");
            }
            return root;
        } catch (StreamConstraintsException e) {
            throw new ProtocolException("JSON deeper than " + MAX_DEPTH + " or with an overlong number or name");
        } catch (JsonProcessingException e) {
            throw new ProtocolException("not JSON");
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers can be written", e);
        }
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A string that can be stored. {@code what} names it for people. */
    static String string(JsonNode node, String what) throws ProtocolException {
        if (!node.isTextual()) {
            throw new ProtocolException(what + " is not a string");
        }
        String text = node.textValue();
        if (!PlainText.isStorable(text)) {
            throw new ProtocolException(what + " holds a NUL or half a character");
        }
        return text;
    }

    /** Lower-case hex of exactly this many digits. */
    static String hex(JsonNode node, int digits, String what) throws ProtocolException {
        if (!node.isTextual() || !Hex.is(node.textValue(), digits)) {
            throw new ProtocolException(what + " is not " + digits + " lower-case hex digits");
        }
        return node.textValue();
    }

    /** An integer written as one, not {@code 1.0} or {@code "1"}. */
    static long integer(JsonNode node, long least, long most, String what) throws ProtocolException {
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw new ProtocolException(what + " is not an integer from " + least + " to " + most);
        }
        return node.longValue();
    }
}
