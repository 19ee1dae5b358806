package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.http.AdminApiTest.assertProblem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.Address;

class QueueApiTest {
    private static final String JOBS = "/api/v1" + Address.path(DemoData.HEALTHY) + "/jobs";
    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    @Test
    void tellsWhereTheJobsOfARelayAreInEachRegionNewestFirst() throws Exception {
        DemoTrouble.in(demo.site, DemoClient.NOW);
        JsonArray jobs = demo.json(JOBS).getJsonArray("items");
        JsonObject running = jobs.getJsonObject(0);
        JsonObject delayed = jobs.getJsonObject(1);

        assertThat(jobs.stream().map(job -> ((JsonObject) job).getString("state")))
                .containsExactly("running", "delayed", "retrying", "queued", "dead", "done");
        assertThat(running.getString("worker")).startsWith("eu-west-1");
        assertThat(running.getString("since")).isEqualTo("2026-11-22T16:36:56Z");
        assertThat(running.getInteger("confirmation")).isEqualTo(1);
        assertThat(running.getValue("why")).isNull();
        assertThat(delayed.getString("until")).isEqualTo("2026-11-22T16:37:40Z");
        assertThat(delayed.getString("why")).contains("turn");
        assertThat(delayed.getValue("worker")).isNull();
        assertThat(jobs.getJsonObject(2).getInteger("attempt")).isEqualTo(2);
        assertThat(jobs.getJsonObject(3).getValue("until")).isNull();
    }

    @Test
    void aRelayWithoutJobsHasNoneAndAnUnknownOneIsNotFound() throws Exception {
        assertThat(demo.json(JOBS))
                .isEqualTo(new JsonObject("{\"url\":\"wss://relay.nordlicht.example/\",\"items\":[]}"));
        assertProblem(demo.get("/api/v1/relays/wss%3A%2F%2Fnobody.example%2F/jobs"), 404, "nobody.example");
    }

    @Test
    void countsWhatIsWhereInEachRegionAlsoWhereNoWorkerIs() throws Exception {
        DemoTrouble.in(demo.site, DemoClient.NOW);
        JsonObject queue = demo.json("/api/v1/queue");
        JsonObject deserted = queue.getJsonArray("regions").getJsonObject(3);
        JsonObject held = queue.getJsonArray("workers").stream()
                .map(JsonObject.class::cast)
                .filter(worker -> worker.getString("id").equals("eu-west-2"))
                .findFirst()
                .orElseThrow();

        assertThat(deserted)
                .isEqualTo(
                        new JsonObject(
                                "{\"region\":\"us-east\",\"workers\":0,\"ready\":2140,\"onDemand\":3,"
                                        + "\"delayed\":41,\"retrying\":12,\"leased\":0,\"dead\":2,\"waiting\":2196,\"overdueSeconds\":418.0}"));
        assertThat(held.getInteger("held")).isEqualTo(1600);
        assertThat(held.getInteger("unacked")).isEqualTo(31);
        assertThat(held.getString("note")).contains("PostgreSQL is away");
        assertThat(queue.getJsonArray("deadLetters")).hasSize(4);
        assertThat(queue.getJsonArray("deadLetters").getJsonObject(0).getString("region"))
                .isEqualTo("ap-south");
    }

    @Test
    void tellsTheProgressOfCyclesThatRun() throws Exception {
        JsonArray cycles = demo.json("/api/v1/cycles?limit=4").getJsonArray("items");

        assertThat(cycles.getJsonObject(0).getJsonObject("progress"))
                .isEqualTo(new JsonObject("{\"remaining\":14,\"done\":45,\"dead\":1,\"sealed\":true,"
                        + "\"perSecond\":0.12,\"leftSeconds\":117.0}"));
        assertThat(cycles.getJsonObject(1).getJsonObject("progress").getValue("leftSeconds"))
                .isNull();
        assertThat(cycles.getJsonObject(2).getValue("progress")).isNull();
        assertThat(demo.json("/api/v1/cycles").getValue("note")).isNull();
    }

    @Test
    void figuresOfAnotherCycleAreNoEstimateOfThisOne() throws Exception {
        JsonObject figures = Objects.requireNonNull(demo.site.figures.figures.get("cycle.eu-west"));
        figures.put("planned", 61);
        assertThat(progress().getValue("leftSeconds")).isNull();
        figures.put("planned", 60).put("cycle", "2026-11-22T16:15:00Z");
        assertThat(progress().getValue("leftSeconds")).isNull();
        figures.put("cycle", "2026-11-22T16:30:00Z");
        assertThat(progress().getValue("leftSeconds")).isEqualTo(117.0);
        figures.put("leftSeconds", "soon");
        assertThat(progress().getValue("leftSeconds")).isNull();
    }

    private JsonObject progress() throws Exception {
        return demo.json("/api/v1/cycles?limit=1")
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonObject("progress");
    }

    @Test
    void cyclesAreToldWithoutProgressWhileRedisIsAway() throws Exception {
        demo.site.queue.away = true;
        JsonObject cycles = demo.json("/api/v1/cycles");

        assertThat(cycles.getJsonArray("items").getJsonObject(0).getString("state"))
                .isEqualTo("running");
        assertThat(cycles.getJsonArray("items").getJsonObject(0).getValue("progress"))
                .isNull();
        assertThat(cycles.getString("note")).contains("Redis does not answer");
        assertProblem(demo.get(JOBS), 503, "Redis");
        assertProblem(demo.get("/api/v1/queue"), 503, "Redis");
    }

    @Test
    void aSilentRedisIsWaitedForNoLongerThanAWhile() throws Exception {
        demo.site.queue.silent = true;
        long start = System.nanoTime();

        assertProblem(demo.get(JOBS), 503, "Redis");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void postgresAwayLeavesJobsAndQueueToThoseRegionsThatHaveWorkers() throws Exception {
        demo.site.operations.away = true;

        assertProblem(demo.get("/api/v1/cycles"), 503, "PostgreSQL");
        assertThat(demo.json(JOBS).getJsonArray("items")).isEmpty();
    }
}
