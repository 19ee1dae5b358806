package org.nostrmonitor.http.view;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a schema takes, in words: its type, its bounds, its default. */
final class SchemaWords {
    private static final String NULL = "null";

    private final ContractTree tree;

    SchemaWords(ContractTree tree) {
        this.tree = tree;
    }

    List<Piece> of(JsonObject node) {
        List<Piece> words = new ArrayList<>(type(node));
        if (tree.shape(node) == null) {
            JsonObject schema = tree.resolved(node);
            String bounds = bounds(schema);
            if (!bounds.isEmpty()) {
                words.add(Piece.text(", " + bounds));
            }
            code(words, ", matching ", schema.getString("pattern"));
            Object usual = schema.getValue("default");
            code(words, ", default ", usual == null ? null : usual.toString());
        }
        return words;
    }

    private static void code(List<Piece> words, String before, @Nullable String code) {
        if (code != null) {
            words.add(Piece.text(before));
            words.add(Piece.code(code));
        }
    }

    private List<Piece> type(JsonObject node) {
        String shape = tree.shape(node);
        if (shape != null) {
            return List.of(Piece.link(shape, "#object-" + shape));
        }
        JsonObject schema = tree.resolved(node);
        if (schema.containsKey("enum")) {
            return codes(ContractTree.values(schema, "enum"));
        }
        if (schema.containsKey("const")) {
            return List.of(Piece.code(String.valueOf(schema.getValue("const"))));
        }
        List<Piece> words = new ArrayList<>();
        List<JsonObject> choices = ContractTree.objects(schema, "oneOf").stream()
                .filter(choice -> choice.containsKey("$ref") || choice.containsKey("type"))
                .toList();
        if (!choices.isEmpty()) {
            choices.forEach(choice -> add(words, " or ", type(choice)));
            return words;
        }
        types(schema).forEach(type -> add(words, " or ", plain(type, schema)));
        return words;
    }

    private static Stream<String> types(JsonObject schema) {
        Object type = schema.getValue("type", "object");
        return type instanceof JsonArray several ? several.stream().map(String::valueOf) : Stream.of(type.toString());
    }

    private List<Piece> plain(String type, JsonObject schema) {
        if (type.equals("array")) {
            return joined("array of ", type(ContractTree.object(schema, "items")));
        }
        if (type.equals("object") && schema.getValue("additionalProperties") instanceof JsonObject each) {
            return joined("object of ", type(each));
        }
        String format = schema.getString("format", "");
        return List.of(Piece.text(
                type.equals(NULL)
                        ? NULL
                        : switch (format) {
                            case "date-time" -> "time";
                            case "date" -> "date";
                            default -> type;
                        }));
    }

    private static List<Piece> joined(String before, List<Piece> after) {
        List<Piece> words = new ArrayList<>(List.of(Piece.text(before)));
        words.addAll(after);
        return words;
    }

    private static void add(List<Piece> words, String between, List<Piece> more) {
        if (!words.isEmpty()) {
            words.add(Piece.text(between));
        }
        words.addAll(more);
    }

    private static List<Piece> codes(Stream<Object> values) {
        List<Piece> words = new ArrayList<>();
        values.forEach(value -> add(words, ", ", List.of(Piece.code(String.valueOf(value)))));
        return words;
    }

    /** Empty if there are none. */
    private String bounds(JsonObject schema) {
        List<String> all = new ArrayList<>();
        Object above = schema.getValue("exclusiveMinimum");
        if (above != null) {
            all.add("above " + above);
        }
        all.add(range(schema.getValue("minimum"), schema.getValue("maximum"), ""));
        all.add(range(schema.getValue("minLength"), schema.getValue("maxLength"), " characters"));
        all.add(range(schema.getValue("minItems"), schema.getValue("maxItems"), " of them"));
        String each = bounds(tree.resolved(ContractTree.object(schema, "items")), "each ");
        all.add(each);
        return String.join(", ", all.stream().filter(one -> !one.isEmpty()).toList());
    }

    private String bounds(JsonObject items, String before) {
        String bounds = items.isEmpty() || ContractTree.isShape(items) ? "" : bounds(items);
        return bounds.isEmpty() ? "" : before + bounds;
    }

    private static String range(@Nullable Object least, @Nullable Object most, String unit) {
        if (least == null && most == null) {
            return "";
        }
        if (most == null) {
            return "at least " + least + unit;
        }
        if (least == null) {
            return "up to " + most + unit;
        }
        return (least.equals(most) ? "" : least + " to ") + most + unit;
    }
}
