package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Whether all that the contract says is on the page of the API: it is read here by other means. */
class ApiReferenceTest {
    private static final List<String> BOUNDS = List.of(
            "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "minItems", "maxItems", "default");

    private static String html;
    private static Map<String, Object> contract;

    @BeforeAll
    static void ask() throws Exception {
        try (DemoClient demo = new DemoClient(DemoData.relays())) {
            html = demo.get("/api").body();
        }
        contract = new Yaml().load(Files.readString(Path.of("src/main/resources/openapi.yaml")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object node) {
        return node == null ? List.of() : (List<Object>) node;
    }

    private static Map<String, Object> resolved(@Nullable Object node) {
        Object ref = map(node).get("$ref");
        if (ref == null) {
            return map(node);
        }
        @Nullable Object found = contract;
        for (String step : ref.toString().substring(2).split("/", -1)) {
            found = map(found).get(step);
        }
        return map(found);
    }

    /** An operation as the contract has it, and the part of the page about it. */
    private record Told(String path, String method, Map<String, Object> node, String part) {
        List<Map<String, Object>> parameters() {
            return list(node.get("parameters")).stream()
                    .map(ApiReferenceTest::resolved)
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static List<Told> operations() {
        List<Told> all = new ArrayList<>();
        map(contract.get("paths"))
                .forEach((path, methods) -> map(methods).forEach((method, node) -> {
                    String id = String.valueOf(map(node).get("operationId"));
                    all.add(new Told(path, method.toUpperCase(Locale.ROOT), map(node), part(html, id)));
                }));
        return all;
    }

    /** Empty if there is none. */
    private static String part(String page, String id) {
        int from = page.indexOf(" id=\"" + id + "\"");
        return from < 0 ? "" : page.substring(from, page.indexOf("</section>", from));
    }

    private static String text(String part) {
        return part.replace("</p>", " ")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    private static String words(@Nullable Object description) {
        return String.valueOf(description)
                .replace("`", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void everyOperationIsThereOnceWithItsWordsItsAnswersAndALinkToIt() {
        assertThat(operations()).hasSizeGreaterThan(30).allSatisfy(told -> {
            assertThat(html).containsOnlyOnce("id=\"" + told.node.get("operationId") + "\"");
            assertThat(html).contains("<li><a href=\"#" + told.node.get("operationId") + "\"");
            assertThat(text(told.part)).contains(told.path, told.method, words(told.node.get("summary")));
            assertThat(text(told.part)).contains(words(told.node.getOrDefault("description", "")));
            assertThat(text(told.part).contains("token")).isEqualTo(told.node.containsKey("security"));
            map(told.node.get("responses")).forEach((status, response) -> {
                assertThat(told.part).contains(">" + status + "<");
                String where = status.compareTo("400") < 0 ? told.part : part(html, "errors");
                assertThat(text(where)).contains(words(resolved(response).get("description")));
            });
        });
    }

    @Test
    void everyParameterIsThereWithWhereItStandsItsBoundsAndItsMeaning() {
        assertThat(operations())
                .allSatisfy(told -> assertThat(told.parameters()).allSatisfy(parameter -> {
                    String name = "<code>" + parameter.get("name") + "</code>";
                    assertThat(told.part).contains(name);
                    String where = told.part.contains("Parameters, as of") ? part(html, "listRelays") : told.part;
                    int row = where.indexOf("<th scope=\"row\">" + name);
                    assertThat(row).as("%s", name).isPositive();
                    String cells = text(where.substring(row, where.indexOf("</tr>", row)));
                    assertThat(cells)
                            .contains(" " + parameter.get("in"))
                            .contains(words(parameter.getOrDefault("description", "")));
                    assertThat(cells.contains("required")).isEqualTo(Boolean.TRUE.equals(parameter.get("required")));
                    assertValues(cells, resolved(parameter.get("schema")));
                }));
    }

    private static void assertValues(String cells, Map<String, Object> schema) {
        BOUNDS.stream()
                .filter(schema::containsKey)
                .forEach(bound -> assertThat(cells).contains(String.valueOf(schema.get(bound))));
        list(schema.get("enum")).forEach(value -> assertThat(cells).contains(value.toString()));
        if (schema.containsKey("items")) {
            assertValues(cells, resolved(schema.get("items")));
        } else if (!schema.containsKey("enum") && !"date-time".equals(schema.get("format"))) {
            assertThat(cells).contains(String.valueOf(schema.get("type")));
        }
    }

    @Test
    void everyObjectIsThereAndEveryLinkWithinThePageLeadsSomewhere() {
        map(map(contract.get("components")).get("schemas")).forEach((name, schema) -> {
            assertThat(html.contains(" id=\"object-" + name + "\""))
                    .as(name)
                    .isEqualTo(
                            map(schema).containsKey("properties") || map(schema).containsKey("allOf"));
            map(map(schema).get("properties"))
                    .keySet()
                    .forEach(property ->
                            assertThat(part(html, "object-" + name)).contains("<code>" + property + "</code>"));
        });
        assertThat(Pattern.compile("href=\"#([^\"]+)\"").matcher(html).results())
                .hasSizeGreaterThan(100)
                .allSatisfy(link -> assertThat(html).containsOnlyOnce(" id=\"" + link.group(1) + "\""));
    }

    @Test
    void whatChangesSomethingComesLast() {
        List<String> groups = Pattern.compile(" id=\"in-([a-z]+)\"")
                .matcher(html)
                .results()
                .map(group -> group.group(1))
                .toList();

        assertThat(groups).startsWith("relays").endsWith("administration").hasSizeGreaterThan(4);
        assertThat(operations())
                .allSatisfy(told -> assertThat(html.indexOf(told.part) > html.indexOf(" id=\"in-administration\""))
                        .isEqualTo(told.path.startsWith("/api/v1/admin/")));
    }
}
