package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.wire.ReportJson;

class ApiTest {
    private static final String EXPIRED = "/api/v1" + Address.path(DemoData.EXPIRED);
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    @Test
    void overviewCountsAllStates() throws Exception {
        JsonObject overview = demo.json("/api/v1/overview");

        assertThat(overview.getJsonObject("relays"))
                .isEqualTo(new JsonObject("{\"unknown\":2,\"online\":47,\"degraded\":2,\"offline\":9}"));
        assertThat(overview.getString("at")).isEqualTo("2026-11-22T16:37:00Z");
        assertThat(overview.getJsonObject("openMs").getDouble("p50")).isPositive();
        assertThat(overview.getJsonArray("changes")).hasSize(12);
        assertThat(overview.getJsonObject("incidents").getInteger("down")).isEqualTo(6);
        assertThat(overview.getJsonObject("incidents").getInteger("back")).isEqualTo(1);
        assertThat(overview.getJsonObject("incidents").getJsonArray("newest")).hasSize(9);
    }

    @Test
    void aCursorLeadsThroughTheWholeListOnce() throws Exception {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonObject page = demo.json("/api/v1/relays?limit=7&sort=state&dir=desc" + cursor);
            assertThat(page.getInteger("total")).isEqualTo(60);
            page.getJsonArray("items")
                    .forEach(item -> assertThat(seen.add(((JsonObject) item).getString("url")))
                            .isTrue());
            String next = page.getString("next");
            cursor = next == null ? "" : "&cursor=" + Address.encoded(next);
            pages++;
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(60);
        assertThat(pages).isEqualTo(9);
    }

    @Test
    void filtersNarrowTheList() throws Exception {
        assertThat(demo.json("/api/v1/relays?q=HAVFRUE").getInteger("total")).isEqualTo(1);
        assertThat(demo.json("/api/v1/relays?status=degraded").getInteger("total"))
                .isEqualTo(2);
        assertThat(demo.json("/api/v1/relays?network=tor").getInteger("total")).isEqualTo(1);
        assertThat(demo.json("/api/v1/relays?nip=77&status=online").getInteger("total"))
                .isBetween(1, 46);
        assertThat(demo.json("/api/v1/relays?software=khatru&writable=true").getInteger("total"))
                .isBetween(1, 20);
    }

    @Test
    void decodesWordsOnce() throws Exception {
        assertThat(demo.json("/api/v1/relays?q=%3Cscript%3Ealert(1)").getInteger("total"))
                .isEqualTo(1);
        assertThat(demo.json("/api/v1/relays?q=Node+3").getInteger("total")).isEqualTo(1);
        assertThat(demo.json("/api/v1/relays?q=Node%203").getInteger("total")).isEqualTo(1);
    }

    @Test
    void givesNullForWhatWasNotMeasured() throws Exception {
        JsonObject item =
                demo.json("/api/v1/relays?q=brand-new").getJsonArray("items").getJsonObject(0);

        assertThat(item.containsKey("openMs")).isTrue();
        assertThat(item.getValue("openMs")).isNull();
        assertThat(item.getValue("writable")).isNull();
        assertThat(item.getValue("checkedAt")).isNull();
    }

    @Test
    void findsARelayByItsPercentEncodedUrl() throws Exception {
        JsonObject relay = demo.json(EXPIRED);

        assertThat(EXPIRED).contains("wss%3A%2F%2Frelay.havfrue.example%2F");
        assertThat(relay.getString("url")).isEqualTo("wss://relay.havfrue.example/");
        assertThat(relay.getString("state")).isEqualTo("offline");
        assertThat(relay.getString("reason")).isEqualTo("tls_expired");
        assertThat(relay.getJsonArray("regions")).hasSize(2);
    }

    @Test
    void findsRelaysWhosePathIsEncodedItself() throws Exception {
        JsonObject relay = demo.json("/api/v1" + Address.path(DemoData.LONG));

        assertThat(relay.getString("url")).isEqualTo(DemoData.LONG.value()).contains("%E2%9A%A1");
    }

    @Test
    void showsTheReportInTheFormOfTheWire() throws Exception {
        JsonObject report =
                demo.json(EXPIRED).getJsonArray("regions").getJsonObject(0).getJsonObject("report");
        CheckReport read = ReportJson.read(report);

        assertThat(read.state()).isEqualTo(RelayState.OFFLINE);
        assertThat(read.relay()).isEqualTo(DemoData.EXPIRED);
    }

    @Test
    void resultsArePagedByTime() throws Exception {
        JsonObject first = demo.json(EXPIRED + "/results?region=eu-west&limit=3");
        JsonObject second = demo.json(EXPIRED + "/results?region=eu-west&limit=3&before=" + first.getString("next"));

        assertThat(first.getJsonArray("items")).hasSize(3);
        assertThat(first.getString("next")).isEqualTo("2026-11-22T16:00:00Z");
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("cycle"))
                .isEqualTo("2026-11-22T15:45:00Z");
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("region"))
                .isEqualTo("eu-west");
    }

    @Test
    void tellsCyclesAndQueue() throws Exception {
        JsonObject cycle =
                demo.json("/api/v1/cycles?limit=2").getJsonArray("items").getJsonObject(0);
        JsonObject queue = demo.json("/api/v1/queue");

        assertThat(cycle.getString("state")).isEqualTo("running");
        assertThat(queue.getJsonArray("regions")).hasSize(2);
        assertThat(queue.getJsonArray("workers").getJsonObject(0).getInteger("slots"))
                .isEqualTo(400);
        assertThat(queue.getJsonArray("deadLetters")).hasSize(1);
        assertThat(queue.getJsonArray("outbox")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit", "limit=201, limit", "limit=many, limit", "limit=1.5, limit", "status=up, status",
        "network=ipv6, network", "nip=-1, nip", "nip=65536, nip", "nip=x, nip", "writable=maybe, writable",
        "sort=colour, sort", "dir=up, dir", "cursor=made-up, cursor",
    })
    void aBadParameterIsNamedInAProblemDocument(String query, String name) throws Exception {
        assertProblem(demo.get("/api/v1/relays?" + query), 400, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1", "limit=200", "nip=0", "nip=65535", "status=unknown", "writable=false", "q="})
    void theBoundsThemselvesAreGood(String query) throws Exception {
        assertThat(demo.get("/api/v1/relays?" + query).statusCode()).isEqualTo(200);
    }

    @Test
    void wordsAndCursorsAreBounded() throws Exception {
        assertProblem(demo.get("/api/v1/relays?q=" + "x".repeat(201)), 400, "q");
        assertProblem(demo.get("/api/v1/relays?cursor=" + "x".repeat(2001)), 400, "cursor");
        assertThat(demo.get("/api/v1/relays?q=" + "x".repeat(9000)).statusCode())
                .isEqualTo(414);
    }

    @Test
    void badTimesAndRegionsAreNamed() throws Exception {
        assertProblem(demo.get(EXPIRED + "/results?before=yesterday"), 400, "before");
        assertProblem(demo.get(EXPIRED + "/results?region=Up!"), 400, "region");
        assertProblem(demo.get(EXPIRED + "/results?limit=201"), 400, "limit");
        assertProblem(demo.get("/api/v1/cycles?limit=0"), 400, "limit");
    }

    @Test
    void unknownRelaysAreNotFoundAndOtherUrlsAreNotUnderstood() throws Exception {
        assertProblem(demo.get("/api/v1/relays/wss%3A%2F%2Fnobody.example%2F"), 404, "nobody.example");
        assertProblem(demo.get("/api/v1/relays/wss%3A%2F%2Fnobody.example%2F/results"), 404, "nobody.example");
        assertProblem(demo.get("/api/v1/relays/https%3A%2F%2Fnobody.example%2F"), 400, "wss://");
        assertProblem(demo.get("/api/v1/nothing"), 404, "address");
    }

    @Test
    void postgresAwayIsUnavailableNotAnError() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            fresh.site.views.away = true;

            assertProblem(fresh.get("/api/v1/overview"), 503, "PostgreSQL");
            assertProblem(fresh.get(EXPIRED), 503, "PostgreSQL");
        }
    }

    @Test
    void theContractIsServedAndAnyOriginMayRead() throws Exception {
        HttpResponse<String> contract = demo.send("GET", "/api/v1/openapi.yaml", "Origin", "https://client.example");
        HttpResponse<String> overview = demo.send("GET", "/api/v1/overview", "Origin", "https://client.example");

        assertThat(contract.body()).startsWith("openapi: 3.1");
        assertThat(contract.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(overview.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String words) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).contains(words).doesNotContain("secret-host");
    }
}
