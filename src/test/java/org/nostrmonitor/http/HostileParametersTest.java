package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.Contract.Operation;
import org.nostrmonitor.http.Contract.Parameter;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.http.view.Search;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgRelayViews;
import org.nostrmonitor.testing.RealPostgres;

/** Every parameter of the contract, with every kind of value that it is not meant for. */
class HostileParametersTest {
    private static final String SQL = "' OR 1=1; DROP TABLE relays; --";
    private static final List<String> NO_NUMBERS = List.of(
            "x", "1.5", "1.0", "1e2", "-1", "+5", "0x10", "NaN", "null", "true", "[1]", "1,2", SQL, "9".repeat(30));
    private static final List<String> NO_TIMES = List.of(
            "yesterday",
            "1",
            "2026-13-45T00:00:00Z",
            "+1000000000-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            SQL);

    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @TempDir
    static Path directory;

    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    static Stream<Arguments> parameters() throws IOException {
        return Contract.read().operations().stream()
                .flatMap(operation ->
                        operation.parameters().stream().map(parameter -> Arguments.of(operation, parameter)));
    }

    private static List<String> bad(Parameter parameter) {
        JsonObject given = parameter.schema();
        JsonObject schema = given.getJsonObject("items", given);
        List<String> bad = new ArrayList<>();
        switch (schema.getString("type")) {
            case "integer" -> {
                bad.addAll(NO_NUMBERS);
                bad.add("" + (schema.getLong("minimum") - 1));
                bad.add("" + (schema.getLong("maximum") + 1));
            }
            case "number" ->
                bad.addAll(List.of("x", "-1", "-0.1", "1e2", "NaN", "Infinity", "null", "true", "20039", SQL));
            case "boolean" -> bad.addAll(List.of("maybe", "1", "yes", "TRUE", "null", "[true]", SQL));
            default -> {
                bad.addAll(List.of("a\u0000b", "a\nb", "\u001b[31m"));
                bad.addAll(schema.containsKey("enum") ? List.of("garbage", "ALL ", SQL, "x".repeat(5_000)) : List.of());
                bad.addAll("date-time".equals(schema.getString("format")) ? NO_TIMES : List.of());
                bad.addAll(schema.containsKey("pattern") ? List.of("Up!", SQL, "a}:dead") : List.of());
                bad.add("x".repeat(schema.getInteger("maxLength", 5_000) + 1));
            }
        }
        return bad;
    }

    private static HttpResponse<String> ask(Operation operation, String query) throws Exception {
        return demo.send(
                operation.method(), operation.with(query), "", new String[] {"Authorization", "Bearer " + Tokens.RIGHT
                });
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void whatAParameterIsNotMeantForIsABadRequestThatNamesIt(Operation operation, Parameter parameter)
            throws Exception {
        for (String value : bad(parameter)) {
            HttpResponse<String> response = ask(operation, parameter.name() + "=" + Address.encoded(value));
            assertThat(response.statusCode()).as(value + ": " + response.body()).isEqualTo(400);
            assertThat(response.headers().firstValue("content-type"))
                    .hasValue("application/problem+json; charset=utf-8");
            assertThat(new JsonObject(response.body()).getString("detail"))
                    .as(value)
                    .containsIgnoringCase(parameter.name());
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void noPageHasMoreThanTwoHundredItemsHoweverOftenAParameterIsGiven(Operation operation, Parameter parameter)
            throws Exception {
        for (String value : List.of("1", "200", "201", "1000000", "x")) {
            String twice = parameter.name() + "=" + value + "&" + parameter.name() + "=1000000&limit=9999&limit=5";
            HttpResponse<String> response = ask(operation, twice);
            assertThat(response.statusCode()).as(response.body()).isIn(200, 202, 400, 503);
            assertThat(response.statusCode() == 503).isEqualTo(operation.id().equals("checkRelay") && is503(response));
            if (response.statusCode() == 200) {
                assertThat(new JsonObject(response.body()).getJsonArray("items", new JsonArray()))
                        .hasSizeLessThanOrEqualTo(Search.MOST);
            }
        }
    }

    private static boolean is503(HttpResponse<String> response) {
        return response.statusCode() == 503 && response.body().contains("No scheduler answers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nip=1e2",
                "nip=99999999999999999999",
                "status=%27%20OR%201%3D1",
                "network=x",
                "writable=1",
                "aliases=x",
                "sort=colour",
                "dir=up",
                "cursor=%00",
                "q=%00",
                "software=a%00b",
            })
    void soItIsOnThePageOfTheList(String query) throws Exception {
        assertThat(demo.get("/relays?" + query).statusCode()).isEqualTo(400);
        assertThat(demo.get("/relays?limit=100000").body().split("<tr><td class=\"k-state\">", -1))
                .hasSize(51);
    }

    @Test
    void whatIsLetThroughPostgresTakes() {
        Vertx vertx = Vertx.vertx();
        try {
            Database database = Database.connect(vertx, POSTGRES.uri(), 1);
            PgRelayViews views = new PgRelayViews(database, InstantSource.system());
            for (String text : List.of(SQL, "%", "_%\\", "'", "\"", "$1", "\ud83d\ude00", "x".repeat(200))) {
                Search search = Search.parse(name -> name.equals("q") || name.equals("software") ? text : null, 200);
                assertThat(await(views.relays(search.query())).items()).as(text).isEmpty();
            }
            for (String time : List.of("2000-01-01T00:00:00Z", "9999-12-31T23:59:59Z")) {
                assertThat(await(views.results(DemoData.HEALTHY, "eu-west", Parameters.before(time), 200)))
                        .isEmpty();
            }
        } finally {
            await(vertx.close());
        }
    }
}
