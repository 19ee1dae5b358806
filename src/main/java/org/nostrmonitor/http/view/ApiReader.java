package org.nostrmonitor.http.view;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.ApiReference.Answer;
import org.nostrmonitor.http.view.ApiReference.Body;
import org.nostrmonitor.http.view.ApiReference.Failure;
import org.nostrmonitor.http.view.ApiReference.Field;
import org.nostrmonitor.http.view.ApiReference.Group;
import org.nostrmonitor.http.view.ApiReference.Operation;
import org.nostrmonitor.http.view.ApiReference.Shape;

/**
 * Reads the contract (OpenAPI 3.1) into what its page prints. It knows as much of OpenAPI as {@code openapi.yaml} uses; a test
 * holds that nothing of that is lost.
 */
public final class ApiReader {
    /** Parameters as many as these are told once, and then named. */
    private static final int MANY = 8;

    private final ContractTree tree;
    private final SchemaWords words;

    private ApiReader(JsonObject contract) {
        this.tree = new ContractTree(contract);
        this.words = new SchemaWords(tree);
    }

    /** @param contract is not changed */
    public static ApiReference read(JsonObject contract) {
        ApiReader reader = new ApiReader(contract);
        return new ApiReference(
                reader.tree.text(ContractTree.object(contract, "info")),
                reader.groups(),
                reader.failures(),
                reader.shapes());
    }

    /** An operation of the contract with what only its place there says. */
    private record Placed(String path, String method, JsonObject node) {
        boolean isIn(String tag) {
            return ContractTree.values(node, "tags").anyMatch(tag::equals);
        }
    }

    private List<Group> groups() {
        List<Placed> all = new ArrayList<>();
        JsonObject paths = ContractTree.object(tree.root(), "paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            methods.fieldNames().forEach(method -> all.add(new Placed(path, method, methods.getJsonObject(method))));
        }
        List<Operation> told = new ArrayList<>();
        return ContractTree.objects(tree.root(), "tags").stream()
                .map(tag -> {
                    String name = tag.getString("name");
                    List<Operation> operations = all.stream()
                            .filter(placed -> placed.isIn(name))
                            .map(placed -> operation(placed, told))
                            .toList();
                    return new Group("in-" + name.toLowerCase(Locale.ROOT), name, tree.text(tag), operations);
                })
                .toList();
    }

    private Operation operation(Placed placed, List<Operation> told) {
        JsonObject node = placed.node;
        List<Field> parameters = ContractTree.objects(node, "parameters").stream()
                .map(tree::resolved)
                .map(this::parameter)
                .toList();
        JsonObject responses = ContractTree.object(node, "responses");
        Operation operation = new Operation(
                node.getString("operationId"),
                placed.method.toUpperCase(Locale.ROOT),
                placed.path,
                node.getString("summary"),
                tree.text(node),
                node.containsKey("security"),
                parameters,
                same(parameters, told),
                node.containsKey("requestBody") ? body(tree.resolved(node.getJsonObject("requestBody"))) : null,
                statuses(responses, false)
                        .map(status -> answer(status, tree.resolved(responses.getJsonObject(status))))
                        .toList(),
                statuses(responses, true).toList());
        told.add(operation);
        return operation;
    }

    private static @Nullable String same(List<Field> parameters, List<Operation> told) {
        return parameters.size() < MANY
                ? null
                : told.stream()
                        .filter(other ->
                                other.same() == null && other.parameters().containsAll(parameters))
                        .map(Operation::id)
                        .findFirst()
                        .orElse(null);
    }

    private Field parameter(JsonObject parameter) {
        return new Field(
                parameter.getString("name"),
                parameter.getString("in"),
                parameter.getBoolean("required", false),
                words.of(ContractTree.object(parameter, "schema")),
                tree.text(parameter));
    }

    private Body body(JsonObject body) {
        JsonObject schema = schema(body);
        return new Body(
                tree.text(body), words.of(schema), new SchemaFields(tree, words, true).of(tree.resolved(schema)));
    }

    private static Stream<String> statuses(JsonObject responses, boolean failures) {
        return responses.fieldNames().stream().filter(status -> status.compareTo("400") >= 0 == failures);
    }

    private Answer answer(String status, JsonObject response) {
        JsonObject content = ContractTree.object(response, "content");
        String media = content.fieldNames().stream().findFirst().orElse("");
        JsonObject schema = schema(response);
        Object example = ContractTree.object(content, media).getValue("example");
        boolean elsewhere = tree.shape(schema) != null;
        return new Answer(
                status,
                tree.text(response),
                media,
                elsewhere ? words.of(schema) : List.of(),
                elsewhere ? List.of() : new SchemaFields(tree, words, false).of(tree.resolved(schema)),
                example == null ? null : ExampleText.of(example));
    }

    /** Of a body, sent or answered; empty if it has none. */
    private static JsonObject schema(JsonObject body) {
        JsonObject content = ContractTree.object(body, "content");
        return content.fieldNames().stream()
                .findFirst()
                .map(media -> ContractTree.object(content.getJsonObject(media), "schema"))
                .orElseGet(JsonObject::new);
    }

    /** Each status once, as the operations that come first have it. */
    private List<Failure> failures() {
        JsonObject named = new JsonObject();
        JsonObject paths = ContractTree.object(tree.root(), "paths");
        for (String path : paths.fieldNames()) {
            for (Object method : paths.getJsonObject(path).getMap().keySet()) {
                JsonObject responses =
                        ContractTree.object(paths.getJsonObject(path).getJsonObject(method.toString()), "responses");
                statuses(responses, true)
                        .filter(status -> !named.containsKey(status))
                        .forEach(status -> named.put(status, responses.getJsonObject(status)));
            }
        }
        return named.fieldNames().stream()
                .sorted()
                .map(status -> new Failure(status, tree.text(named.getJsonObject(status))))
                .toList();
    }

    private List<Shape> shapes() {
        JsonObject schemas = ContractTree.object(ContractTree.object(tree.root(), "components"), "schemas");
        return schemas.fieldNames().stream()
                .filter(name -> ContractTree.isShape(schemas.getJsonObject(name)))
                .sorted()
                .map(name -> shape(name, schemas.getJsonObject(name)))
                .toList();
    }

    private Shape shape(String name, JsonObject schema) {
        SchemaFields fields = new SchemaFields(tree, words, false);
        List<JsonObject> parts = ContractTree.objects(schema, "allOf");
        List<Field> own = new ArrayList<>(fields.of(schema));
        List<Piece> also = new ArrayList<>();
        for (JsonObject part : parts) {
            if (tree.shape(part) == null) {
                own.addAll(fields.of(part));
            } else {
                also.addAll(words.of(part));
            }
        }
        return new Shape("object-" + name, name, tree.text(schema), also, own);
    }
}
