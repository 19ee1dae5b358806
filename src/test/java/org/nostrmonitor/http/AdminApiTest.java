package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.RelayUrl;

class AdminApiTest {
    private static final String LETTERS = "/api/v1/admin/dead-letters";
    private static final String RETRY = LETTERS + "/retry";
    private static final String DROP = LETTERS + "/drop";
    private static final String CHECK = "/api/v1/admin" + Address.path(DemoData.HEALTHY) + "/check";
    private static final String ALL_OF_EU = "{\"region\":\"eu-west\",\"all\":true}";

    @TempDir
    static Path directory;

    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return demo.send("GET", path, "Authorization", "Bearer " + Tokens.RIGHT);
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return demo.post(path, Tokens.RIGHT, json);
    }

    private void scheduler(CheckRequested answer) {
        demo.site.bus.serve(Messages.CHECK_REQUESTED, request -> {
            demo.site.queue.acts.add("check " + request.url() + " " + request.region());
            return Future.succeededFuture(answer);
        });
    }

    @Test
    void listsTheLettersOfARegionWithTheWholeJobNewestFirst() throws Exception {
        demo.site.queue.bury("eu-west", RelayUrl.of("wss://second.example/"), "because");
        demo.site.queue.buryUnreadable("eu-west", "gibberish", "is not a job");
        JsonArray items = new JsonObject(get(LETTERS + "?region=eu-west").body()).getJsonArray("items");

        assertThat(items).hasSize(3);
        assertThat(items.getJsonObject(0).getString("id")).isEqualTo("gibberish");
        assertThat(items.getJsonObject(0).containsKey("url")).isFalse();
        assertThat(items.getJsonObject(1).getString("url")).isEqualTo("wss://second.example/");
        assertThat(items.getJsonObject(1).getString("payload")).contains("second.example");
        assertThat(new JsonObject(get(LETTERS + "?region=eu-west&limit=1").body()).getJsonArray("items"))
                .hasSize(1);
        assertThat(new JsonObject(get(LETTERS + "?region=us-east").body()).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void retriesSomeAndTellsHowMany() throws Exception {
        demo.site.queue.bury("eu-west", RelayUrl.of("wss://second.example/"), "because");
        String id = demo.site.queue.letters.get(0).letter().id();
        JsonObject body = new JsonObject()
                .put("region", "eu-west")
                .put("ids", new JsonArray().add(id).add(id).add("no such letter"));

        assertThat(post(RETRY, body.encode()).body()).isEqualTo("{\"region\":\"eu-west\",\"retried\":1}");
        assertThat(demo.site.queue.letters).hasSize(1);
    }

    @Test
    void retriesAndDropsAll() throws Exception {
        assertThat(post(RETRY, ALL_OF_EU).body()).isEqualTo("{\"region\":\"eu-west\",\"retried\":1}");
        demo.site.queue.buryUnreadable("eu-west", "gibberish", "is not a job");
        assertThat(post(RETRY, ALL_OF_EU).body()).contains("\"retried\":0");
        assertThat(post(DROP, ALL_OF_EU).body()).isEqualTo("{\"region\":\"eu-west\",\"dropped\":1}");
        assertThat(demo.site.queue.acts)
                .containsExactly("retryAll eu-west 1", "retryAll eu-west 0", "dropAll eu-west 1");
    }

    @Test
    void asksForACheckAndTellsWhereToLook() throws Exception {
        Instant cycle = Instant.parse("2026-11-22T16:37:00Z");
        scheduler(new CheckRequested(true, List.of(new Ticket("eu-west", cycle))));
        HttpResponse<String> response = post(CHECK, "");
        JsonObject body = new JsonObject(response.body());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(body.getJsonArray("tickets").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"region\":\"eu-west\",\"cycle\":\"2026-11-22T16:37:00Z\"}"));
        assertThat(demo.get(body.getString("jobs")).statusCode()).isEqualTo(200);
        assertThat(demo.get(body.getString("results")).statusCode()).isEqualTo(200);
        assertThat(post(CHECK + "?region=us-east", "").statusCode()).isEqualTo(202);
        assertThat(demo.site.queue.acts)
                .containsExactly(
                        "check wss://relay.nordlicht.example/ null", "check wss://relay.nordlicht.example/ us-east");
    }

    @Test
    void aCheckNeedsAKnownRelayAWorkerAndAScheduler() throws Exception {
        assertProblem(post(CHECK, ""), 503, "No scheduler answers");
        var first = demo.site.bus.serve(
                Messages.CHECK_REQUESTED, r -> Future.succeededFuture(new CheckRequested(true, List.of())));
        assertProblem(post(CHECK, ""), 409, "No region has a worker");
        assertProblem(post(CHECK + "?region=us-east", ""), 409, "us-east");
        first.unregister().await();
        var second = demo.site.bus.serve(
                Messages.CHECK_REQUESTED, r -> Future.succeededFuture(new CheckRequested(false, List.of())));
        assertProblem(post(CHECK, ""), 404, "relay.nordlicht.example");
        second.unregister().await();
        demo.site.bus.serve(
                Messages.CHECK_REQUESTED, r -> Future.failedFuture(new IllegalStateException("secret-host")));
        assertProblem(post(CHECK, ""), 503, "could not put");
        assertProblem(post("/api/v1/admin/relays/https%3A%2F%2Fx.example/check", ""), 400, "wss://");
        assertProblem(post(CHECK + "?region=Up!", ""), 400, "region");
    }

    @ParameterizedTest
    @ValueSource(strings = {LETTERS + "?region=eu-west", LETTERS, "/api/v1/admin/nothing"})
    void nothingIsToldWithoutTheToken(String path) throws Exception {
        for (String[] header : List.of(
                new String[0],
                new String[] {"Authorization", "Bearer wrong"},
                new String[] {"Authorization", "Bearer "},
                new String[] {"Authorization", "Basic " + Tokens.RIGHT},
                new String[] {"Authorization", Tokens.RIGHT})) {
            HttpResponse<String> response = demo.send("GET", path, header);
            assertProblem(response, 401, "admin token");
            assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
        }
        assertThat(demo.send("GET", LETTERS + "?region=eu-west", "Authorization", "bearer " + Tokens.RIGHT)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void nothingIsDoneWithoutTheToken() throws Exception {
        scheduler(new CheckRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW))));

        assertProblem(demo.post(RETRY, "wrong", ALL_OF_EU), 401, "not the admin token");
        assertProblem(demo.post(DROP, "", ALL_OF_EU), 401, "needs the admin token");
        assertProblem(demo.post(CHECK, Tokens.RIGHT + "x", ""), 401, "not the admin token");
        assertProblem(demo.post("/api/v1//admin/dead-letters/drop", "", ALL_OF_EU), 401, "admin token");
        assertThat(demo.post("/api/v1/x/../admin/dead-letters/drop", "", ALL_OF_EU)
                        .statusCode())
                .isEqualTo(401);
        assertThat(demo.site.queue.acts).isEmpty();
        assertThat(demo.site.queue.letters).hasSize(1);
    }

    @Test
    void withoutAFileEverythingIsForbiddenAndSaysWhichKeyToSet() throws Exception {
        try (DemoClient off = new DemoClient(DemoData.relays())) {
            assertProblem(off.get(LETTERS + "?region=eu-west"), 403, "http.adminTokenFile");
            assertProblem(off.post(DROP, "", ALL_OF_EU), 403, "http.adminTokenFile");
            assertProblem(off.post(CHECK, Tokens.RIGHT, ""), 403, "http.adminTokenFile");
            assertThat(off.site.queue.letters).hasSize(1);
        }
    }

    @Test
    void afterTenWrongTokensAnAddressHasToWaitEvenWithTheRightOne() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(demo.post(DROP, "wrong " + i, ALL_OF_EU).statusCode()).isEqualTo(401);
        }
        demo.later(Duration.ofSeconds(15));
        HttpResponse<String> response = post(DROP, ALL_OF_EU);

        assertProblem(response, 429, "wait 45 s");
        assertThat(response.headers().firstValue("retry-after")).hasValue("45");
        assertThat(demo.get("/api/v1/queue").statusCode()).isEqualTo(200);
        demo.later(Duration.ofSeconds(45));
        assertThat(post(DROP, ALL_OF_EU).statusCode()).isEqualTo(200);
    }

    @Test
    void aMissingTokenIsNoTry() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(demo.send("POST", RETRY).statusCode()).isEqualTo(401);
        }
        assertThat(post(RETRY, ALL_OF_EU).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "1",
                "{}",
                "{\"region\":\"eu-west\"}",
                "{\"all\":true}",
                "{\"region\":\"eu-west\",\"all\":false}",
                "{\"region\":\"eu-west\",\"all\":true,\"ids\":[\"x\"]}",
                "{\"region\":\"eu-west\",\"ids\":[]}",
                "{\"region\":\"eu-west\",\"ids\":\"x\"}",
                "{\"region\":\"eu-west\",\"ids\":[1]}",
                "{\"region\":\"eu-west\",\"ids\":[\"\"]}",
                "{\"region\":\"EU\",\"all\":true}",
                "{\"region\":\"a}:dead\",\"all\":true}",
                "{\"region\":\"eu-west\",\"all\":true,\"more\":1}",
            })
    void bodiesThatTheContractDoesNotKnowAreRefused(String body) throws Exception {
        assertProblem(post(DROP, body), 400, "");
        assertThat(demo.site.queue.acts).isEmpty();
    }

    @Test
    void bodiesAreBounded() throws Exception {
        String id = "\"" + "x".repeat(4000) + "\"";
        String good = "{\"region\":\"eu-west\",\"ids\":[" + String.join(",", List.of(id, id, id)) + "]}";
        String large = "{\"region\":\"eu-west\",\"ids\":[" + String.join(",", List.of(id, id, id, id, id)) + "]}";

        assertThat(post(DROP, good).statusCode()).isEqualTo(200);
        assertProblem(post(DROP, large), 413, "longer than");
    }

    @Test
    void anotherKindOfBodyIsRefused() throws Exception {
        HttpResponse<String> response =
                demo.send("POST", DROP, "Authorization", "Bearer " + Tokens.RIGHT, "Content-Type", "text/plain");

        assertThat(response.statusCode()).as(response.body()).isBetween(400, 415);
        assertThat(demo.form(DROP, "region=eu-west&all=true&token=" + Tokens.RIGHT)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void badParametersAreNamed() throws Exception {
        assertProblem(get(LETTERS), 400, "region");
        assertProblem(get(LETTERS + "?region=Up!"), 400, "region");
        assertProblem(get(LETTERS + "?region=eu-west&limit=201"), 400, "limit");
        assertProblem(get(LETTERS + "?region=eu-west&limit=0"), 400, "limit");
    }

    @Test
    void noOtherOriginMayRead() throws Exception {
        HttpResponse<String> letters = demo.send(
                "GET",
                LETTERS + "?region=eu-west",
                "Origin",
                "https://evil.example",
                "Authorization",
                "Bearer " + Tokens.RIGHT);
        HttpResponse<String> preflight =
                demo.send("OPTIONS", DROP, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");

        assertThat(letters.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(preflight.statusCode()).isEqualTo(405);
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void redisAwayIsToldAndCounted() throws Exception {
        demo.site.queue.away = true;

        assertProblem(get(LETTERS + "?region=eu-west"), 503, "Redis");
        assertProblem(post(RETRY, ALL_OF_EU), 503, "Redis");
    }

    static void assertProblem(HttpResponse<String> response, int status, String words) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).contains(words).doesNotContain("secret-host", Tokens.RIGHT);
    }
}
