package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;

/** What browsers and proxies of an API go by. */
class ApiCachingTest {
    private static final String RELAY = "/api/v1" + Address.path(DemoData.HEALTHY);
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/overview", "/api/v1/relays?limit=3", "/api/v1/relays?limit=3&sort=name"})
    void whatIsTheSameIsNotSentAgain(String path) throws Exception {
        HttpResponse<String> first = demo.get(path);
        String tag = header(first, "etag");

        assertThat(tag).startsWith("W/\"");
        assertThat(header(first, "cache-control")).isEqualTo("no-cache");
        for (String known : new String[] {tag, "\"x\", " + tag, tag.substring(2), "*"}) {
            HttpResponse<String> again = demo.send("GET", path, "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "etag")).isEqualTo(tag);
        }
        assertThat(demo.send("GET", path, "If-None-Match", "W/\"other\", W/\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theMomentOfAskingChangesNoTagButWhatIsToldDoes() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            HttpResponse<String> first = fresh.get("/api/v1/overview");
            fresh.site.views.instead = new SaidByRelays("other");
            fresh.later(Duration.ofSeconds(1));
            HttpResponse<String> later = fresh.send("GET", "/api/v1/overview", "If-None-Match", header(first, "etag"));
            fresh.later(Duration.ofSeconds(5));
            HttpResponse<String> changed =
                    fresh.send("GET", "/api/v1/overview", "If-None-Match", header(first, "etag"));

            assertThat(later.statusCode()).isEqualTo(304);
            assertThat(changed.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theLastOverviewIsToldWhilePostgresIsAwayAndSaysSo() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            JsonObject before = fresh.json("/api/v1/overview");
            String at = before.getString("at");
            fresh.site.views.away = true;
            fresh.later(Duration.ofMinutes(3));
            HttpResponse<String> after = fresh.get("/api/v1/overview");
            JsonObject told = new JsonObject(after.body());

            assertThat(before.getBoolean("stale")).isFalse();
            assertThat(told.getBoolean("stale")).isTrue();
            assertThat(told.getString("at")).isEqualTo(at);
            assertThat(header(after, "stale-since")).isEqualTo(at);
            assertThat(told.put("stale", false)).isEqualTo(before);
            assertThat(fresh.get("/").body())
                    .contains("PostgreSQL does not answer.")
                    .contains("47 of 60 relays were online at 16:3")
                    .contains("16:37");
        }
        try (DemoClient nothing = new DemoClient(DemoData.relays())) {
            nothing.site.views.away = true;
            assertThat(nothing.get("/api/v1/overview").statusCode()).isEqualTo(503);
            assertThat(nothing.get("/api/v1/recent").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theListAsItWasIsToldWhilePostgresIsAwayAndSaysSo() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            JsonObject before = fresh.json("/api/v1/relays?q=nord");
            fresh.json("/api/v1/overview");
            fresh.site.views.away = true;
            fresh.site.views.listBefore = Instant.parse("2026-11-22T16:35:00Z");

            HttpResponse<String> after = fresh.get("/api/v1/relays?q=nord");
            JsonObject told = new JsonObject(after.body());
            String page = fresh.get("/relays?q=nord").body();
            HttpResponse<String> export = fresh.get("/api/v1/export.csv?q=nord");

            assertThat(before.getBoolean("stale")).isFalse();
            assertThat(told.getBoolean("stale")).isTrue();
            assertThat(header(after, "stale-since")).isEqualTo("2026-11-22T16:35:00Z");
            assertThat(header(export, "stale-since")).isEqualTo("2026-11-22T16:35:00Z");
            JsonObject relay = told.getJsonArray("items").getJsonObject(0);
            assertThat(relay.containsKey("strip")).isFalse();
            assertThat(relay.containsKey("openHoursMs")).isFalse();
            JsonObject known = before.getJsonArray("items").getJsonObject(0);
            known.remove("strip");
            known.remove("openHoursMs");
            assertThat(relay).isEqualTo(known);
            assertThat(page)
                    .contains("PostgreSQL does not answer.", "This is how the list was at 16:35")
                    .contains("What the last day was like cannot be told now")
                    .contains("1 relay matches.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/relays?statsu=online,statsu",
        "/api/v1/relays?limit=0,limit",
        "/api/v1/relays?nip=1&nip=70000,nip",
        "/api/v1/relays?cursor=x,cursor",
        "/api/v1/relays?km=5,km",
        "'/api/v1/relays?near=99,5',near",
        "'/api/v1/relays?near=5,5&km=0',km",
        "/api/v1/relays?country=DEU,country",
        "/api/v1/relays?uptime=1.01,uptime",
        "/api/v1/relays/nonsense,url",
        "/api/v1/overview?x=1,x",
        "/api/v1/export.csv?limit=3,limit",
    })
    void theParameterThatIsWrongIsNamed(String path, String name) throws Exception {
        HttpResponse<String> response = demo.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("parameter"))
                .as(response.body())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "near=52.5%2C13.4&km=0.5,200", "near=u33d,200", "near=-90%2C180,200", "km=20038&near=s,200", "uptime=1,200",
        "uptime=0.99,200", "openMs=1,200", "asn=4294967295,200", "country=de,200",
                "addedSince=2026-01-01T00:00:00Z,200",
        "tag=a%2Cb,200", "nip=1&nip=42,200",
    })
    void filtersTakeTheirBounds(String query, int status) throws Exception {
        HttpResponse<String> response = demo.get("/api/v1/relays?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @Test
    void allNipsOfSeveralAreAskedFor() throws Exception {
        int one = demo.json("/api/v1/relays?nip=42").getInteger("total");
        int two = demo.json("/api/v1/relays?nip=42&nip=77").getInteger("total");

        assertThat(two).isBetween(1, one - 1);
    }

    @Test
    void aRelayIsToldWithWhatItClaimsAndWhatWasSeen() throws Exception {
        JsonObject relay = demo.json(RELAY);
        JsonObject region = relay.getJsonArray("regions").getJsonObject(0);

        assertThat(region.getJsonObject("known").fieldNames()).contains("observed", "capabilities", "limits");
        assertThat(region.getJsonArray("conflicts")).isNotNull();
        assertThat(relay.getJsonObject("certificate").getString("sha256")).hasSize(64);
        assertThat(relay.getJsonObject("uptime").getJsonObject("day").getInteger("made"))
                .isPositive();
    }

    @Test
    void otherOriginsMayReadTheTagAndSendIt() throws Exception {
        HttpResponse<String> asked = demo.send(
                "OPTIONS",
                "/api/v1/relays",
                "Origin",
                "https://client.example",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "if-none-match");
        HttpResponse<String> read = demo.send("GET", "/api/v1/relays", "Origin", "https://client.example");

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(header(asked, "access-control-allow-headers")).containsIgnoringCase("If-None-Match");
        assertThat(header(read, "access-control-expose-headers")).containsIgnoringCase("ETag");
    }

    @ParameterizedTest
    @CsvSource({"'',relay,online", "?show=uptime,uptime 7 d,100 %", "?label=%3Cscript%3E%26,<script>&,online"})
    void aBadgeShowsTheRelayAndNothingThatRuns(String query, String label, String message) throws Exception {
        HttpResponse<String> image = demo.get(RELAY + "/badge.svg" + query);
        JsonObject endpoint = demo.json(RELAY + "/badge.json" + query);

        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(header(image, "content-type")).startsWith("image/svg+xml");
        assertThat(header(image, "cache-control")).isEqualTo("public, max-age=60");
        assertThat(image.body()).contains(">" + message + "</text>").doesNotContain("<script");
        assertThat(endpoint.getString("label")).isEqualTo(label);
        assertThat(endpoint.getString("message")).isEqualTo(message);
        assertThat(endpoint.getInteger("schemaVersion")).isEqualTo(1);
        assertThat(demo.send("GET", RELAY + "/badge.svg" + query, "If-None-Match", header(image, "etag"))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void badgesOfNobodyAreNone() throws Exception {
        assertThat(demo.get("/api/v1/relays/wss%3A%2F%2Fnobody.example/badge.svg")
                        .statusCode())
                .isEqualTo(404);
        assertThat(demo.get(RELAY + "/badge.svg?label=" + "x".repeat(41)).statusCode())
                .isEqualTo(400);
    }
}
