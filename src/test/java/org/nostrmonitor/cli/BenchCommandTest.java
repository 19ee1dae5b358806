package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @Test
    void measuresTheQueueInARedisOfItsOwn() {
        CommandLineRun run = CommandLineRun.of(
                new BenchCommand(), "bench", "queue", "--jobs", "500", "--workers", "2", "--batch", "20");
        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).startsWith("500 jobs, 2 workers, batches of 20; load average");
        assertThat(run.out()).contains("plan ", "claim+ack ", "bytes/job ", "ack ");
        JsonObject json = new JsonObject(lines.get(lines.size() - 1));
        assertThat(json.getLong("claimAcksPerSecond")).isPositive();
        assertThat(json.getJsonArray("scripts")).hasSize(3);
    }

    @Test
    void measuresHowWrongTheTimesAre() {
        CommandLineRun run = CommandLineRun.of(
                new BenchCommand(), "bench", "accuracy", "--relays", "20", "--seconds", "0.2", "--most", "50");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("ws, 20 relays, 0.2 s a line", "wss, 20 relays", "100% are 50 probes/s");
        List<JsonObject> json = run.out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JsonObject::new)
                .toList();
        assertThat(json).extracting(each -> each.getString("transport")).containsExactly("ws", "wss");
        for (JsonObject each : json) {
            assertThat(each.getJsonArray("levels")).hasSize(5);
            JsonObject full = each.getJsonArray("levels").getJsonObject(4);
            assertThat(full.getInteger("share")).isEqualTo(100);
            assertThat(full.getInteger("failed")).isZero();
            assertThat(full.getDouble("withheldShare")).isBetween(0.0, 1.0);
            for (String errors : List.of("openErrorMs", "readErrorMs", "writeErrorMs", "relaysLateMs")) {
                assertThat(full.getJsonObject(errors).fieldNames()).containsExactly("count", "p50", "p99", "max");
            }
        }
    }

    @Test
    void findsTheMostItCanDo() {
        CommandLineRun run = CommandLineRun.of(
                new BenchCommand(), "bench", "accuracy", "--relays", "20", "--seconds", "0.3", "--plain", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(new JsonObject(run.out().strip()).getLong("mostProbesPerSecond"))
                .isPositive();
    }

    @Test
    void measuresHowEventsAreDelivered() {
        CommandLineRun run =
                CommandLineRun.of(new BenchCommand(), "bench", "publish", "--events", "300", "--targets", "2");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("300 events to 2 targets; load average", "stored ", "delivered ", "heap ");
        JsonObject json =
                new JsonObject(run.out().lines().reduce((one, next) -> next).orElseThrow());
        assertThat(json.getLong("deliveredPerSecond")).isPositive();
        assertThat(json.getJsonArray("targets")).hasSize(2);
        for (Object target : json.getJsonArray("targets")) {
            assertThat(((JsonObject) target).getInteger("events")).isEqualTo(300);
            assertThat(((JsonObject) target).getInteger("again")).isZero();
            assertThat(((JsonObject) target).getInteger("connections")).isEqualTo(1);
        }
    }

    @Test
    void measuresTheDatabaseInOneThatItMakesOnce(@TempDir Path data) {
        CommandLineRun store = CommandLineRun.of(
                new BenchCommand(), "bench", "store", "--data", "" + data, "--relays", "20", "--seconds", "1");
        assertThat(store.code()).as(store.err()).isZero();
        assertThat(store.err()).contains("results of ", "hours of ");
        assertThat(store.out()).contains("results/s", "relay_results", "relay_hourly", "bytes/row");
        assertThat(lastLine(store).getLong("resultsPerSecond")).isPositive();

        CommandLineRun pages = CommandLineRun.of(
                new BenchCommand(),
                "bench",
                "pages",
                "--data",
                "" + data,
                "--relays",
                "20",
                "--before",
                "0",
                "--times",
                "1",
                "--cold-times",
                "1");
        assertThat(pages.code()).as(pages.err()).isZero();
        assertThat(pages.err()).doesNotContain("results of ");
        assertThat(lastLine(pages).getJsonObject("requests").fieldNames())
                .contains("GET /", "GET /statistics", "relays?q=", "…/history, days of a year", "…/incidents");
    }

    private static JsonObject lastLine(CommandLineRun run) {
        List<String> lines = run.out().lines().toList();
        return new JsonObject(lines.get(lines.size() - 1));
    }

    @Test
    void refusesImpossibleNumbers() {
        CommandLineRun run = CommandLineRun.of(new BenchCommand(), "bench", "queue", "--batch", "501");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--batch: a number from 1 to 500");
    }

    @Test
    void asksWhichBenchmark() {
        CommandLineRun run = CommandLineRun.of(new BenchCommand(), "bench");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("which benchmark?");
    }
}
