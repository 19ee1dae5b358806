package org.nostrmonitor.http.view;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The contract as a tree, in which a node may stand for another one ({@code $ref}). */
record ContractTree(JsonObject root) {
    private static final String SCHEMAS = "#/components/schemas/";

    /** The node itself, or the one that it stands for. */
    JsonObject resolved(JsonObject node) {
        String ref = node.getString("$ref");
        if (ref == null) {
            return node;
        }
        JsonObject found = root;
        for (String step : ref.substring(2).split("/", -1)) {
            found = object(found, step);
        }
        return resolved(found);
    }

    /** The name of the object that a schema stands for; null if it is told where it is used. */
    @Nullable
    String shape(JsonObject schema) {
        String ref = schema.getString("$ref", "");
        return ref.startsWith(SCHEMAS) && isShape(resolved(schema)) ? ref.substring(SCHEMAS.length()) : null;
    }

    static boolean isShape(JsonObject schema) {
        return schema.containsKey("properties") || schema.containsKey("allOf");
    }

    /** Its own words, or those of what it stands for. */
    Prose text(JsonObject node) {
        String own = node.getString("description");
        return Prose.of(own == null ? resolved(node).getString("description") : own);
    }

    /** Empty if it is not there. */
    static JsonObject object(JsonObject node, String name) {
        return node.getJsonObject(name, new JsonObject());
    }

    /** Empty if it is not there. */
    static List<JsonObject> objects(JsonObject node, String name) {
        return values(node, name)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** None if it is not there. */
    static Stream<Object> values(JsonObject node, String name) {
        return node.getJsonArray(name, new JsonArray()).stream();
    }
}
