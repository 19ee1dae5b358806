package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientCallsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final WorkLoop loop = new WorkLoop(vertx);
    private final Reachability server = new Reachability("The server of this test");
    private final PatientCalls calls = new PatientCalls(
            vertx, server, new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)), fault -> fault instanceof Away);
    private final List<Promise<Integer>> tries = new ArrayList<>();
    private boolean away = true;
    private int tried;

    private static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void completesAtOnceWhenItIsAnswered() {
        away = false;

        assertThat(await(make(7, LONG))).isEqualTo(7);
        assertThat(tried).isEqualTo(1);
    }

    @Test
    void triesAgainUntilItIsAnswered() {
        Future<Integer> call = make(7, LONG);
        until(() -> loop.get(() -> tried), tries -> tries >= 5);
        assertThat(call.isComplete()).isFalse();

        loop.run(() -> away = false);

        assertThat(await(call)).isEqualTo(7);
        assertThat(server.away()).isFalse();
    }

    @Test
    void takesAnyOtherFailureForAnAnswer() {
        Future<Integer> call =
                loop.compose(() -> calls.make(() -> Future.failedFuture(new IllegalStateException("a bad row")), LONG));

        assertThatThrownBy(() -> await(call)).isInstanceOf(IllegalStateException.class);
        assertThat(server.away()).isFalse();
    }

    @Test
    void letsOneTryForAllThatWait() {
        make(0, LONG).onComplete(ignored -> {});
        until(() -> loop.get(() -> tried), tries -> tries >= 1);
        loop.run(() -> {
            away = false;
            for (int i = 0; i < 100; i++) {
                calls.make(this::hanging, LONG).onComplete(ignored -> {});
            }
        });
        // The first that waits is not one that hangs: it is answered, and with it all the others go.
        until(() -> loop.get(tries::size), hanging -> hanging == 100);

        loop.run(() -> tries.forEach(one -> one.fail(new Away())));
        loop.run(tries::clear);

        until(() -> loop.get(tries::size), hanging -> hanging == 1);
        for (int i = 0; i < 50; i++) {
            loop.run(() -> calls.make(this::hanging, LONG).onComplete(ignored -> {}));
            int trying = await(vertx.timer(1).compose(passed -> loop.get(tries::size)));
            assertThat(trying).isEqualTo(1);
        }
        assertThat(await(loop.get(calls::waiting))).isEqualTo(149);
        loop.run(() -> tries.get(0).complete(1));
        until(() -> loop.get(tries::size), hanging -> hanging == 150);
    }

    @Test
    void givesUpWhenThePatienceEnds() {
        assertThatThrownBy(() -> await(make(7, Duration.ofMillis(50)))).isInstanceOf(Away.class);
        assertThat(await(loop.get(calls::waiting))).isZero();
    }

    @Test
    void triesOnceWithoutPatience() {
        assertThatThrownBy(() -> await(make(7, Duration.ZERO))).isInstanceOf(Away.class);
        assertThat(tried).isEqualTo(1);
    }

    @Test
    void failsWhatWaitsWhenItStops() {
        Future<Integer> call = make(7, LONG);
        until(() -> loop.get(calls::waiting), waiting -> waiting == 1);

        loop.run(calls::stop);

        assertThatThrownBy(() -> await(call)).isInstanceOf(Away.class);
        assertThatThrownBy(() -> await(make(8, LONG))).isInstanceOf(Away.class);
    }

    @Test
    void makesALastTryOfWhatWaits() {
        Future<Integer> call = make(7, LONG);
        until(() -> loop.get(calls::waiting), waiting -> waiting == 1);

        loop.run(() -> {
            away = false;
            calls.lastTry();
        });

        assertThat(await(call)).isEqualTo(7);
    }

    @Test
    void backsOffWithJitterUpToABound() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));
        Random random = new Random(1);

        List<Duration> first =
                IntStream.range(0, 200).mapToObj(i -> backoff.after(1, random)).toList();
        List<Duration> late =
                IntStream.range(0, 200).mapToObj(i -> backoff.after(30, random)).toList();

        assertThat(first).allMatch(wait -> wait.toMillis() >= 500 && wait.toMillis() <= 1000);
        assertThat(late).allMatch(wait -> wait.toMillis() >= 500 && wait.toMillis() <= 15_000);
        assertThat(late).anyMatch(wait -> wait.toMillis() > 10_000);
        assertThat(first.stream().distinct().count()).isGreaterThan(50);
    }

    private Future<Integer> make(int answer, Duration patience) {
        return loop.compose(() -> calls.make(
                () -> {
                    tried++;
                    return away ? Future.failedFuture(new Away()) : Future.succeededFuture(answer);
                },
                patience));
    }

    private Future<Integer> hanging() {
        Promise<Integer> answer = Promise.promise();
        tries.add(answer);
        return answer.future();
    }
}
