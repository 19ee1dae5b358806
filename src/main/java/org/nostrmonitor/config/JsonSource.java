package org.nostrmonitor.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Printable;

/** The JSON file of a configuration as a tree, with its syntax errors and duplicate keys told. */
final class JsonSource {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final Faults faults;

    JsonSource(Faults faults) {
        this.faults = faults;
    }

    /** The object in the file; empty, with a fault added, if there is none. */
    ObjectNode read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            return fault(file, FileFault.of(file));
        }
        if (bytes.length > MAX_BYTES) {
            return fault(file, "is larger than 1 MiB");
        }
        return parse(file, bytes);
    }

    /** The object in a text that came another way. */
    ObjectNode read(String where, String text) {
        return parse(Path.of(where), text.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode parse(Path file, byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fault(file, "does not hold a JSON object");
            }
            ObjectNode root = object(parser, "");
            if (parser.nextToken() != null) {
                return fault(file, at(parser.currentTokenLocation()) + "something follows the JSON object");
            }
            return root;
        } catch (StreamConstraintsException e) {
            return fault(file, at(e.getLocation()) + "nested too deep, or too long");
        } catch (JsonProcessingException e) {
            return fault(file, at(e.getLocation()) + syntax(e.getOriginalMessage()));
        } catch (IOException e) {
            return fault(file, "cannot be read");
        }
    }

    private ObjectNode fault(Path file, String what) {
        faults.add(file.toString(), what);
        return NODES.objectNode();
    }

    private JsonNode value(JsonParser parser, String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    /** An exponent may be larger than any that Java knows. */
    private static JsonNode decimal(JsonParser parser) throws IOException {
        try {
            return NODES.numberNode(parser.getDecimalValue());
        } catch (NumberFormatException e) {
            throw new JsonParseException(parser, "a number out of all range");
        }
    }

    private ObjectNode object(JsonParser parser, String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = path.isEmpty() ? key : path + "." + key;
            if (object.has(key)) {
                faults.add(inner, "is given twice");
            }
            parser.nextToken();
            object.set(key, value(parser, inner));
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path + "[" + array.size() + "]"));
        }
        return array;
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /** The parser's words less the file's own: a token without quotes may be a secret. */
    private static String syntax(String message) {
        String clean = message.replaceFirst("(?s)Unrecognized token '.*'(: was|$)", "a word without quotes$1")
                .replaceFirst("(?s) \\((start marker|for \\w+ starting) at .*", "");
        return "not JSON: " + Printable.of(clean, 160);
    }
}
