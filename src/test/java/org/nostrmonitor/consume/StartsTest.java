package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.Await;

class StartsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Starts starts = new Starts(vertx);

    @AfterEach
    void close() {
        Await.await(vertx.close());
    }

    private void ended(int reports, Duration lag) {
        for (int i = 0; i < reports; i++) {
            starts.ended(report(lag));
        }
    }

    /** More than 50 ms late withholds all times. */
    private static CheckReport report(Duration lag) {
        return Found.silent(Workshop.job(RelayUrl.of("wss://relay.example/"), null), lag);
    }

    @Test
    void areTwentyFiveTogetherAtMost() {
        assertThat(starts.together()).isEqualTo(25);
        ended(100, Duration.ZERO);
        assertThat(starts.together()).isEqualTo(25);
    }

    @Test
    void areFewerWhileTimesAreWithheldAndNeverFewerThanThree() {
        ended(10, Duration.ofMillis(60));
        assertThat(starts.together()).isEqualTo(19);
        for (int i = 0; i < 20; i++) {
            ended(10, Duration.ofMillis(60));
            starts.together();
        }
        assertThat(starts.together()).isEqualTo(3);
    }

    @Test
    void areOneMoreForEachGroupOfReportsWithTheirTimes() {
        ended(10, Duration.ofMillis(60));
        starts.together();
        ended(9, Duration.ZERO);
        assertThat(starts.together()).isEqualTo(19);
        ended(1, Duration.ZERO);
        assertThat(starts.together()).isEqualTo(20);
    }

    @Test
    void doNotMindThatFewTimesAreWithheld() {
        ended(18, Duration.ZERO);
        ended(2, Duration.ofMillis(60));
        assertThat(starts.together()).isEqualTo(25);
    }

    @Test
    void comeOneAfterTheOtherTheFirstAtOnce() {
        List<Integer> begun = new ArrayList<>();
        Promise<Long> took = Promise.promise();
        vertx.runOnContext(ignored -> {
            long from = System.nanoTime();
            starts.begin(IntStream.range(0, 10).boxed().toList(), each -> {
                begun.add(each);
                if (begun.size() == 10) {
                    took.complete(System.nanoTime() - from);
                }
            });
            assertThat(begun).containsExactly(0);
        });
        assertThat(Duration.ofNanos(Await.await(took.future()))).isGreaterThan(Duration.ofMillis(70));
        assertThat(begun).isSorted();
    }
}
