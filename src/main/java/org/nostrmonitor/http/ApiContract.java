package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's contract as the router takes it. */
final class ApiContract {
    private ApiContract() {}

    /** Completes with the contract as it is written; fails if it is no YAML. */
    static Future<JsonObject> parse(Vertx vertx, Buffer yaml) {
        return vertx.executeBlocking(() -> json(yaml));
    }

    /**
     * Fails if the contract is broken. Responses that are no JSON lose their media type on the way: vertx-openapi refuses
     * contracts that name another than its own few, and the router reads requests only.
     */
    static Future<OpenAPIContract> read(Vertx vertx, JsonObject contract) {
        return vertx.executeBlocking(() -> withoutOtherMedia(contract.copy()))
                .compose(json -> OpenAPIContract.from(vertx, json));
    }

    private static JsonObject withoutOtherMedia(JsonObject contract) {
        removeOtherMedia(contract.getJsonObject("components").getJsonObject("responses"));
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            methods.fieldNames()
                    .forEach(method ->
                            removeOtherMedia(methods.getJsonObject(method).getJsonObject("responses")));
        }
        return contract;
    }

    private static void removeOtherMedia(JsonObject responses) {
        for (String status : responses.fieldNames()) {
            JsonObject response = responses.getJsonObject(status);
            JsonObject content = response.getJsonObject("content");
            if (content != null && !content.containsKey("application/json")) {
                response.remove("content");
            }
        }
    }

    private static JsonObject json(Buffer yaml) {
        Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml.toString());
        return new JsonObject(contract);
    }
}
