package org.nostrmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.queue.BenchmarkResult.ScriptTimes;
import org.nostrmonitor.testing.RealRedis;

class QueueBenchmarkTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void measuresEveryScriptAndLeavesNothingBehind() {
        REDIS.command(Command.SET, "of somebody else", "1");
        BenchmarkResult result = await(new QueueBenchmark(REDIS.client(), "bench-x", 3, 50).run(1_000));
        assertThat(result.scripts()).extracting(ScriptTimes::name).containsExactly("plan", "claim", "ack");
        assertThat(result.scripts())
                .allMatch(script -> script.calls() > 0
                        && script.p50Micros() > 0
                        && script.p99Micros() >= script.p50Micros()
                        && script.serverMicros() > 0);
        assertThat(result.plansPerSecond()).isPositive();
        assertThat(result.donePerSecond()).isPositive();
        assertThat(result.bytesLeased()).isGreaterThan(result.bytesWaiting());
        assertThat(REDIS.command(Command.KEYS, "*").stream().map(Response::toString))
                .containsExactly("of somebody else");
    }
}
