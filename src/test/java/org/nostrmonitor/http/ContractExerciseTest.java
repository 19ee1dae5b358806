package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.http.view.Address;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API as its own contract has it: every route, every parameter at its bounds and past them, every error it declares. */
class ContractExerciseTest {
    private static final Set<String> STREAMS = Set.of("listen");
    private static final Map<String, String> BODIES = Map.of(
            "retryDeadLetters", "{\"region\":\"eu-west\",\"all\":true}",
            "dropDeadLetters", "{\"region\":\"eu-west\",\"all\":true}",
            "addRelays", "{\"urls\":[\"wss://a.example\"]}",
            "changeRelay", "{\"enabled\":true}",
            "changeConfig", "{\"retention\":{\"resultDays\":7}}");

    /** What a schema cannot say of a text, by parameter. */
    private static final Map<String, String> TEXTS = Map.of(
            "near",
            "52.5,13.4",
            "addedSince",
            "2026-01-01T00:00:00Z",
            "before",
            "2026-01-01T00:00:00Z",
            "from",
            "2026-01-01T00:00:00Z",
            "to",
            "2026-01-01T00:00:00Z",
            "region",
            "eu-west",
            "country",
            "DE");

    private static final Map<String, String> BAD_TEXTS = Map.of(
            "near",
            "nowhere",
            "addedSince",
            "yesterday",
            "before",
            "yesterday",
            "from",
            "yesterday",
            "to",
            "yesterday",
            "region",
            "Up!",
            "country",
            "D1",
            "cursor",
            "made-up");

    /** Parameters that are nothing without another. */
    private static final Map<String, String> TOGETHER = Map.of("km", "&near=u33d");

    @TempDir
    static Path directory;

    private static JsonObject contract = new JsonObject();
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
        demo.site.bus.serve(
                Messages.CHECK_REQUESTED,
                request -> Future.succeededFuture(
                        new CheckRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW)))));
        demo.site.bus.serve(
                Messages.CYCLE_REQUESTED,
                request -> Future.succeededFuture(
                        new CycleRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW)), List.of("us"))));
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    /** @param parameters those of the query, resolved */
    private record Operation(
            String id, String method, String path, boolean admin, List<JsonObject> parameters, JsonObject responses) {
        @Override
        public String toString() {
            return id;
        }

        /** Reads a relay's own address. */
        boolean ofRelay() {
            return path.contains("{url}");
        }

        String url(String relay, String query) {
            String needed = parameters.stream()
                    .filter(parameter -> parameter.getBoolean("required", false))
                    .filter(parameter -> !query.startsWith(parameter.getString("name") + "="))
                    .map(parameter -> parameter.getString("name") + "=" + some(parameter) + "&")
                    .reduce("", String::concat);
            return path.replace("{url}", Address.encoded(relay)) + "?" + needed + query;
        }
    }

    private static String some(JsonObject parameter) {
        JsonObject schema = resolved(parameter.getJsonObject("schema"));
        return schema.containsKey("enum") ? schema.getJsonArray("enum").getString(0) : "eu-west";
    }

    static Stream<Operation> operations() throws IOException {
        Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("src/main/resources/openapi.yaml")));
        contract = new JsonObject(yaml);
        List<Operation> all = new ArrayList<>();
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
                JsonArray parameters = operation.getJsonArray("parameters", new JsonArray());
                all.add(new Operation(
                        operation.getString("operationId"),
                        method.toUpperCase(Locale.ROOT),
                        path,
                        operation.containsKey("security"),
                        parameters.stream()
                                .map(one -> resolved((JsonObject) one))
                                .filter(one -> one.getString("in").equals("query"))
                                .toList(),
                        operation.getJsonObject("responses")));
            }
        }
        return all.stream();
    }

    static Stream<Operation> answers() throws IOException {
        return operations().filter(operation -> !STREAMS.contains(operation.id));
    }

    private static JsonObject resolved(JsonObject node) {
        String ref = node.getString("$ref");
        if (ref == null) {
            return node;
        }
        JsonObject found = contract;
        for (String step : ref.substring(2).split("/", -1)) {
            found = found.getJsonObject(step);
        }
        return resolved(found);
    }

    private static HttpResponse<String> ask(Operation operation, String url) throws Exception {
        return demo.send(operation.method, url, BODIES.getOrDefault(operation.id, ""), new String[] {
            "Authorization", "Bearer " + Tokens.RIGHT, "Content-Type", "application/json"
        });
    }

    /** Its status is one that the contract names, and its body is as the contract says. */
    private static HttpResponse<String> asDeclared(Operation operation, HttpResponse<String> response) {
        String status = Integer.toString(response.statusCode());
        assertThat(operation.responses.fieldNames())
                .as(operation + ": " + response.body())
                .contains(status);
        JsonObject content =
                resolved(operation.responses.getJsonObject(status)).getJsonObject("content", new JsonObject());
        String type = response.headers().firstValue("content-type").orElse("").split(";", 2)[0];
        assertThat(content.fieldNames()).as(operation + " " + status).contains(type);
        if (type.endsWith("/json") || type.endsWith("+json")) {
            valid(content.getJsonObject(type).getJsonObject("schema"), new JsonObject(response.body()), operation.id);
        }
        return response;
    }

    private static void valid(JsonObject schema, JsonObject body, String what) {
        JsonObject whole = schema.copy().put("components", contract.getJsonObject("components"));
        OutputUnit said = Validator.create(
                        JsonSchema.of(whole),
                        new JsonSchemaOptions()
                                .setDraft(Draft.DRAFT202012)
                                .setBaseUri("https://contract.example/")
                                .setOutputFormat(OutputFormat.Basic))
                .validate(body);
        assertThat(said.getValid())
                .as(() -> what + ": " + said.getErrors() + " of " + body.encode())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyRouteAnswersAsItSays(Operation operation) throws Exception {
        HttpResponse<String> response = ask(operation, operation.url(DemoData.HEALTHY.value(), ""));
        assertThat(asDeclared(operation, response).statusCode()).isBetween(200, 202);
        for (DemoRelay relay : operation.ofRelay() ? DemoData.relays() : List.<DemoRelay>of()) {
            asDeclared(operation, ask(operation, operation.url(relay.url().value(), "")));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyErrorIsOneItDeclares(Operation operation) throws Exception {
        String healthy = DemoData.HEALTHY.value();
        HttpResponse<String> unknown = ask(operation, operation.url(healthy, "misspelt=1"));
        assertThat(asDeclaredProblem(operation, unknown, 400).getString("parameter"))
                .isEqualTo("misspelt");
        if (operation.ofRelay()) {
            asDeclaredProblem(operation, ask(operation, operation.url("https://no.relay", "")), 400);
        }
        if (operation.ofRelay() && operation.method.equals("GET")) {
            asDeclaredProblem(operation, ask(operation, operation.url("wss://nobody.example", "")), 404);
        }
        if (operation.admin) {
            HttpResponse<String> denied = demo.send(
                    operation.method, operation.url(healthy, ""), BODIES.getOrDefault(operation.id, ""), new String[] {
                        "Content-Type", "application/json"
                    });
            asDeclaredProblem(operation, denied, 401);
        }
        if (BODIES.containsKey(operation.id)) {
            for (String body : List.of("", "[]", "{", "{\"garbage\":1}", "null", "\"x\"")) {
                HttpResponse<String> bad = demo.send(operation.method, operation.url(healthy, ""), body, new String[] {
                    "Authorization", "Bearer " + Tokens.RIGHT, "Content-Type", "application/json"
                });
                if (!operation.id.equals("changeConfig") || !body.contains("garbage")) {
                    asDeclaredProblem(operation, bad, 400);
                }
            }
        }
    }

    private static JsonObject asDeclaredProblem(Operation operation, HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(operation + ": " + response.body()).isEqualTo(status);
        asDeclared(operation, response);
        return new JsonObject(response.body());
    }

    @Test
    void whatIsAwayIsSaidAsItIsDeclared() throws Exception {
        try (DemoClient away = new DemoClient(DemoData.relays(), Tokens.file(directory))) {
            away.site.views.away = true;
            away.site.queue.away = true;
            for (Operation operation : answers().toList()) {
                HttpResponse<String> response = away.send(
                        operation.method,
                        operation.url(DemoData.HEALTHY.value(), ""),
                        BODIES.getOrDefault(operation.id, ""),
                        new String[] {"Authorization", "Bearer " + Tokens.RIGHT, "Content-Type", "application/json"});
                asDeclared(operation, response);
                assertThat(response.statusCode()).isIn(200, 503);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyParameterTakesWhatItSaysAndNothingElse(Operation operation) throws Exception {
        for (JsonObject parameter : operation.parameters) {
            String name = parameter.getString("name");
            JsonObject given = resolved(parameter.getJsonObject("schema"));
            JsonObject schema = resolved(given.getJsonObject("items", given));
            String more = TOGETHER.getOrDefault(name, "");
            for (String value : good(name, schema)) {
                String url = operation.url(DemoData.HEALTHY.value(), name + "=" + Address.encoded(value) + more);
                assertThat(asDeclared(operation, ask(operation, url)).statusCode())
                        .as(url)
                        .isBetween(200, 202);
            }
            for (String value : bad(name, schema)) {
                String url = operation.url(DemoData.HEALTHY.value(), name + "=" + Address.encoded(value) + more);
                JsonObject problem = asDeclaredProblem(operation, ask(operation, url), 400);
                assertThat(problem.getString("parameter"))
                        .as(url + ": " + problem)
                        .isEqualTo(name);
            }
        }
    }

    private static List<String> good(String name, JsonObject schema) {
        List<String> good = new ArrayList<>();
        JsonArray constants = schema.getJsonArray("enum", new JsonArray());
        constants.forEach(constant -> good.add(constant.toString()));
        add(good, schema.getValue("minimum"), 0);
        add(good, schema.getValue("maximum"), 0);
        if (schema.getString("type").equals("boolean")) {
            good.addAll(List.of("true", "false"));
        }
        if (constants.isEmpty() && schema.getString("type").equals("string") && !name.equals("cursor")) {
            good.add(TEXTS.getOrDefault(name, "x".repeat(schema.getInteger("maxLength"))));
        }
        // Half a minute is not waited for.
        good.removeIf(value -> name.equals("wait") && !value.equals("0"));
        return good;
    }

    private static List<String> bad(String name, JsonObject schema) {
        List<String> bad = new ArrayList<>();
        add(bad, schema.getValue("minimum"), -1);
        add(bad, schema.getValue("exclusiveMinimum"), 0);
        add(bad, schema.getValue("maximum"), 1);
        boolean isText = schema.getString("type").equals("string");
        if (!isText) {
            bad.addAll(List.of("x", "null", "[1]", "{}"));
        }
        if (schema.containsKey("enum")) {
            bad.addAll(List.of("unheard-of", "ALL"));
        } else if (isText) {
            bad.add("x".repeat(schema.getInteger("maxLength") + 1));
        }
        String other = BAD_TEXTS.get(name);
        if (other != null) {
            bad.add(other);
        }
        return bad;
    }

    private static void add(List<String> values, @Nullable Object bound, int by) {
        if (bound != null) {
            values.add(Long.toString(((Number) bound).longValue() + by));
        }
    }

    @Test
    void examplesAreRealAnswers() throws Exception {
        int examples = 0;
        for (Operation operation : answers().toList()) {
            JsonObject json = operation
                    .responses
                    .getJsonObject("200", new JsonObject())
                    .getJsonObject("content", new JsonObject())
                    .getJsonObject("application/json", new JsonObject());
            JsonObject example = json.getJsonObject("example");
            if (example == null) {
                continue;
            }
            valid(json.getJsonObject("schema"), example, operation.id);
            String query = operation.parameters.stream()
                            .anyMatch(parameter -> parameter.getString("name").equals("limit"))
                    ? "limit=1"
                    : "";
            JsonObject real = new JsonObject(ask(operation, operation.url(DemoData.HEALTHY.value(), query))
                    .body());
            assertThat(shape(example)).as(operation.id).isEqualTo(shape(real));
            examples++;
        }
        assertThat(examples).isGreaterThanOrEqualTo(3);
    }

    /** The names, all the way down; of a list its first. */
    private static Object shape(Object value) {
        if (value instanceof JsonObject object) {
            JsonObject names = new JsonObject();
            object.fieldNames().forEach(name -> names.put(name, shape(object.getValue(name))));
            return names;
        }
        if (value instanceof JsonArray list && !list.isEmpty()) {
            return shape(list.getValue(0));
        }
        return "";
    }
}
