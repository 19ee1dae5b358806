package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

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
