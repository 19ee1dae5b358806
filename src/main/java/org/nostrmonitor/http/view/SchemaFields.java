package org.nostrmonitor.http.view;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.nostrmonitor.http.view.ApiReference.Field;

/** The properties of an object in one list, with those of the objects in it; objects that have a name are told elsewhere. */
final class SchemaFields {
    private final ContractTree tree;
    private final SchemaWords words;
    private final boolean asked;

    /** @param asked whether it is sent to us, so that it matters which cannot be left out */
    SchemaFields(ContractTree tree, SchemaWords words, boolean asked) {
        this.tree = tree;
        this.words = words;
        this.asked = asked;
    }

    /** @param schema an object, or anything, which has none */
    List<Field> of(JsonObject schema) {
        List<Field> fields = new ArrayList<>();
        inside("", schema, fields);
        return fields;
    }

    private void inside(String path, JsonObject schema, List<Field> fields) {
        Set<String> needed =
                ContractTree.values(schema, "required").map(String::valueOf).collect(Collectors.toSet());
        JsonObject properties = ContractTree.object(schema, "properties");
        for (String name : properties.fieldNames()) {
            JsonObject property = properties.getJsonObject(name);
            String full = path + name;
            fields.add(new Field(full, "", asked && needed.contains(name), words.of(property), text(property)));
            below(full, property, fields);
        }
    }

    /** What an object is, is told where its properties are. */
    private Prose text(JsonObject property) {
        return tree.shape(property) == null || property.containsKey("description") ? tree.text(property) : Prose.NONE;
    }

    private void below(String path, JsonObject node, List<Field> fields) {
        if (tree.shape(node) != null) {
            return;
        }
        JsonObject schema = tree.resolved(node);
        inside(path + ".", schema, fields);
        if (schema.containsKey("items")) {
            below(path + "[]", ContractTree.object(schema, "items"), fields);
        }
        if (schema.getValue("additionalProperties") instanceof JsonObject each) {
            below(path + ".*", each, fields);
        }
    }
}
