package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;

class PastApiTest {
    private static final String HEALTHY = "/api/v1" + Address.path(DemoData.HEALTHY);
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
    void tellsTheHoursOfTheLastDayToWhoeverSaysNoMore() throws Exception {
        JsonObject history = demo.json(HEALTHY + "/history");

        assertThat(history.getString("resolution")).isEqualTo("hour");
        assertThat(history.getString("from")).isEqualTo("2026-11-21T16:00:00Z");
        assertThat(history.getString("to")).isEqualTo("2026-11-22T16:37:00Z");
        assertThat(history.getJsonArray("items")).hasSize(25);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-11-14T16:37:00Z, hour, 193",
        "from=2026-11-14T16:36:59Z, day, 9",
        "resolution=day, day, 31",
        "from=2026-11-22T15:00:00Z&to=2026-11-22T16:00:00Z, hour, 1",
        "from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&resolution=day, day, 1",
    })
    void aLongerSpanIsToldByTheDay(String query, String resolution, int points) throws Exception {
        JsonObject history = demo.json(HEALTHY + "/history?" + query);

        assertThat(history.getString("resolution")).isEqualTo(resolution);
        assertThat(history.getJsonArray("items")).hasSize(points);
    }

    @Test
    void aPointSaysHowManyChecksAndHowMuchOfTheTimeIsKnown() throws Exception {
        JsonObject hour = demo.json(EXPIRED + "/history?from=2026-11-22T14:00:00Z&region=eu-west")
                .getJsonArray("items")
                .getJsonObject(0);

        JsonObject checks = hour.getJsonObject("checks");
        assertThat(checks.getInteger("online") + checks.getInteger("offline")).isEqualTo(4);
        assertThat(hour.getInteger("knownSeconds")).isEqualTo(3600);
        assertThat(hour.getInteger("upSeconds")).isBetween(1, 3599);
    }

    @Test
    void tellsTheTimesOfThePhasesThatAreAskedFor() throws Exception {
        JsonObject point = demo.json(HEALTHY + "/history?phase=open&phase=read")
                .getJsonArray("items")
                .getJsonObject(0);

        assertThat(point.getJsonObject("times").fieldNames()).containsExactlyInAnyOrder("open", "read");
        JsonObject open = point.getJsonObject("times").getJsonObject("open");
        assertThat(open.getDouble("p50Ms")).isPositive().isLessThan(open.getDouble("p95Ms"));
        assertThat(open.getDouble("p99Ms")).isGreaterThan(open.getDouble("p95Ms"));
    }

    @Test
    void nothingIsToldOfWhatIsStillToCome() throws Exception {
        JsonObject history = demo.json(HEALTHY + "/history?from=2026-11-22T15:00:00Z&to=2027-06-01T00:00:00Z");

        assertThat(history.getString("to")).isEqualTo("2026-11-22T16:37:00Z");
        assertThat(history.getJsonArray("items")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-11-22T16:37:00Z, from",
        "from=2026-11-22T12:00:00Z&to=2026-11-22T11:00:00Z, from",
        "from=2026-10-21T15:59:00Z&resolution=hour, from",
        "from=2024-09-13T00:00:00Z, from",
        "from=yesterday, from",
        "to=1999-01-01T00:00:00Z, to",
        "resolution=minute, resolution",
        "phase=dial, phase",
        "region=Up!, region",
        "cursor=x, cursor",
    })
    void aSpanThatCannotBeToldIsNamedInAProblemDocument(String query, String name) throws Exception {
        HttpResponse<String> response = demo.get(HEALTHY + "/history?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("parameter")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=2026-10-21T17:00:00Z&resolution=hour", "from=2024-09-14T00:00:00Z"})
    void theLongestSpansAreTold(String query) throws Exception {
        assertThat(demo.get(HEALTHY + "/history?" + query).statusCode()).isEqualTo(200);
        assertThat(demo.get("/api/v1/network?" + query).statusCode()).isEqualTo(200);
    }

    @Test
    void incidentsArePagedToTheLast() throws Exception {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        do {
            JsonObject page = demo.json(EXPIRED + "/incidents?limit=7" + cursor);
            JsonArray items = page.getJsonArray("items");
            items.forEach(item ->
                    assertThat(seen.add(((JsonObject) item).getString("from"))).isTrue());
            String next = page.getString("next");
            cursor = next == null ? "" : "&cursor=" + Address.encoded(next);
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(41);
    }

    @Test
    void anIncidentThatGoesOnHasNoEnd() throws Exception {
        JsonObject incident =
                demo.json(EXPIRED + "/incidents?limit=1").getJsonArray("items").getJsonObject(0);

        assertThat(incident.getString("state")).isEqualTo("offline");
        assertThat(incident.containsKey("to")).isTrue();
        assertThat(incident.getValue("to")).isNull();
        assertThat(incident.getString("reason")).isEqualTo("tls_expired");
    }

    @Test
    void uptimeOfALongSpanIsNotMoreThanIsKnown() throws Exception {
        JsonObject uptime = demo.json(HEALTHY + "/uptime");

        assertThat(uptime.getJsonObject("day").getInteger("knownSeconds")).isEqualTo(86_400);
        JsonObject year = uptime.getJsonObject("year");
        assertThat(year.getInteger("upSeconds")).isLessThan(year.getInteger("knownSeconds"));
    }

    @Test
    void theStatesOfTheNetworkAddUp() throws Exception {
        JsonArray hours = demo.json("/api/v1/network").getJsonArray("items");

        assertThat(hours).hasSize(25);
        hours.forEach(each -> {
            JsonObject hour = (JsonObject) each;
            assertThat(hour.getInteger("online")
                            + hour.getInteger("degraded")
                            + hour.getInteger("offline")
                            + hour.getInteger("unknown"))
                    .isEqualTo(60);
        });
    }

    @Test
    void tellsWhatRelaysHaveInCommonByTheDay() throws Exception {
        JsonObject software = demo.json("/api/v1/statistics?kind=software&top=2&from=2026-11-20T12:00:00Z");

        assertThat(software.getInteger("everyDays")).isEqualTo(1);
        assertThat(software.getJsonArray("days")).hasSize(3);
        assertThat(software.getJsonArray("items")).hasSize(2);
        JsonObject first = software.getJsonArray("items").getJsonObject(0);
        assertThat(first.getJsonArray("relays")).hasSize(3);
        JsonObject today = software.getJsonArray("days").getJsonObject(2);
        assertThat(today.getInteger("told")).isLessThanOrEqualTo(today.getInteger("up"));
    }

    @ParameterizedTest
    @CsvSource({
        "kind=colour, kind",
        "top=5, kind",
        "kind=nip&top=0, top",
        "kind=nip&top=51, top",
        "kind=nip&top=x, top",
        "kind=nip&from=2024-09-12T00:00:00Z, from",
    })
    void statisticsThatCannotBeToldAreNamed(String query, String name) throws Exception {
        HttpResponse<String> response = demo.get("/api/v1/statistics?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("parameter")).isEqualTo(name);
    }

    @Test
    void theShapeOfTheNetworkAddsUp() throws Exception {
        JsonObject shape = demo.json("/api/v1/shape");

        int timed = shape.getJsonObject("openMs").getJsonArray("relays").stream()
                .mapToInt(Integer.class::cast)
                .sum();
        assertThat(timed).isLessThanOrEqualTo(shape.getInteger("up"));
        assertThat(shape.getJsonObject("openMs").getJsonArray("relays"))
                .hasSize(shape.getJsonObject("openMs").getJsonArray("bounds").size() + 1);
        int placed = shape.getJsonObject("places").getJsonArray("cells").stream()
                .mapToInt(cell -> ((JsonObject) cell).getInteger("up"))
                .sum();
        assertThat(placed).isEqualTo(shape.getJsonObject("places").getInteger("located"));
    }

    @Test
    void aShapeThatNobodyCountedIsNull() throws Exception {
        try (DemoClient empty = new DemoClient(List.of())) {
            JsonObject shape = empty.json("/api/v1/shape");

            assertThat(shape.containsKey("places")).isTrue();
            assertThat(shape.getValue("places")).isNull();
            assertThat(shape.getValue("takenAt")).isNull();
        }
    }

    @Test
    void whatIsPastIsNotSentTwice() throws Exception {
        String closed = HEALTHY + "/history?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";
        String tag = demo.get(closed).headers().firstValue("etag").orElseThrow();
        demo.later(Duration.ofMinutes(5));

        assertThat(demo.send("GET", closed, "If-None-Match", tag).statusCode()).isEqualTo(304);
        demo.time.set(DemoClient.NOW);
    }

    @Test
    void unknownRelaysHaveNoHistoryAtAll() throws Exception {
        for (String what : new String[] {"history", "incidents", "uptime"}) {
            assertThat(demo.get("/api/v1/relays/wss%3A%2F%2Fnobody.example%2F/" + what)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aSpanBeginsWithAWholeHourOrDay() {
        Instant now = Instant.parse("2026-11-22T16:37:00Z");

        assertThat(PastSpan.of(now.minusSeconds(60), null, "day", now).from())
                .isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(PastSpan.of(now.minusSeconds(60), null, "hour", now).from())
                .isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
    }
}
