package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.testing.CapturedLog;
import org.nostrmonitor.testing.RealRedis;

@Timeout(60)
class AnswerWatchTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void saysOnceThatADatabaseIsSilentAndOnceThatItAnswers() throws Exception {
        AnswerWatch watch = watch();
        try (CapturedLog log = CapturedLog.of(AnswerWatch.class.getName())) {
            watch.start();
            REDIS.freeze();
            awaitLines(log, 1);
            long frozen = REDIS.server().pid();
            REDIS.thaw();
            List<String> lines = awaitLines(log, 2);

            assertThat(lines.get(0)).matches("WARN Redis at somewhere has not answered for \\d+ s: .*");
            assertThat(lines.get(1)).matches("INFO Redis at somewhere answers again after \\d+ s");
            assertThat(REDIS.server().pid()).isEqualTo(frozen);
        } finally {
            watch.stop();
            REDIS.thaw();
        }
    }

    private static AnswerWatch watch() {
        return new AnswerWatch(
                REDIS.vertx(),
                "Redis at somewhere",
                () -> REDIS.client().send(Request.cmd(Command.PING)).mapEmpty(),
                Duration.ofMillis(50),
                Duration.ofMillis(500));
    }

    private static List<String> awaitLines(CapturedLog log, int count) {
        return until(() -> Future.succeededFuture(log.lines()), lines -> lines.size() >= count);
    }
}
