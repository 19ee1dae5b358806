package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.http.view.Address;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code openapi.yaml} as those who test everything that it names need it. */
final class Contract {
    private final JsonObject json;

    private Contract(JsonObject json) {
        this.json = json;
    }

    static Contract read() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/openapi.yaml"));
        Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new Contract(new JsonObject(yaml));
    }

    /**
     * One way to ask.
     *
     * @param path of a relay that is there, without parameters
     * @param admin whether it needs the token
     * @param parameters those in the query, by name with their schemas
     */
    record Operation(String id, String method, String path, boolean admin, List<Parameter> parameters) {
        /** The path with what it cannot do without, and then these. */
        String with(String query) {
            String needed = parameters.stream()
                    .filter(parameter -> parameter.required() && !query.startsWith(parameter.name() + "="))
                    .map(parameter -> parameter.name() + "=" + parameter.some() + "&")
                    .reduce("", String::concat);
            return path + "?" + needed + query;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    record Parameter(String name, boolean required, JsonObject schema) {
        /** A value that it takes. */
        String some() {
            return schema.containsKey("enum") ? schema.getJsonArray("enum").getString(0) : "eu-west";
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonObject paths = json.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                JsonObject operation = methods.getJsonObject(method);
                operations.add(new Operation(
                        operation.getString("operationId"),
                        method.toUpperCase(java.util.Locale.ROOT),
                        path.replace("{url}", Address.encoded(DemoData.HEALTHY.value())),
                        operation.containsKey("security"),
                        parameters(operation)));
            }
        }
        return operations;
    }

    private List<Parameter> parameters(JsonObject operation) {
        return operation.getJsonArray("parameters", new JsonArray()).stream()
                .map(each -> resolved((JsonObject) each))
                .filter(parameter -> parameter.getString("in").equals("query"))
                .map(parameter -> new Parameter(
                        parameter.getString("name"),
                        parameter.getBoolean("required", false),
                        resolved(parameter.getJsonObject("schema"))))
                .toList();
    }

    private JsonObject resolved(JsonObject node) {
        String ref = node.getString("$ref");
        if (ref == null) {
            return node;
        }
        JsonObject found = json;
        for (String step : ref.substring(2).split("/", -1)) {
            found = found.getJsonObject(step);
        }
        return resolved(found);
    }
}
