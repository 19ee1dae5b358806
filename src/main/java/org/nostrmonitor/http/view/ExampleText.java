package org.nostrmonitor.http.view;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** JSON to read: what is short stands on one line, as one would write it by hand. */
final class ExampleText {
    private static final int WIDTH = 88;
    private static final String STEP = "  ";

    private ExampleText() {}

    static String of(Object json) {
        return text(json, "");
    }

    private static String text(Object value, String indent) {
        String line = line(value);
        String deeper = indent + STEP;
        if (indent.length() + line.length() <= WIDTH || !isNested(value)) {
            return line;
        }
        if (value instanceof JsonObject object) {
            return object.fieldNames().stream()
                    .map(name -> deeper + Json.encode(name) + ": " + text(object.getValue(name), deeper))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        return ((JsonArray) value)
                .stream()
                        .map(each -> deeper + text(each, deeper))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
    }

    /** A list of plain values stays on its line, however long. */
    private static boolean isNested(Object value) {
        return value instanceof JsonObject
                || (value instanceof JsonArray array && array.stream().anyMatch(ExampleText::isCollection));
    }

    private static boolean isCollection(Object value) {
        return value instanceof JsonObject || value instanceof JsonArray;
    }

    private static String line(Object value) {
        if (value instanceof JsonObject object) {
            return object.fieldNames().stream()
                    .map(name -> Json.encode(name) + ": " + line(object.getValue(name)))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value instanceof JsonArray array) {
            return array.stream().map(ExampleText::line).collect(Collectors.joining(", ", "[", "]"));
        }
        return Json.encode(value);
    }
}
