package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopLagTest {
    private final MockTicker time = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(time).build();
    private final LoopLag lag = new LoopLag(channel.eventLoop(), time::nanoTime);

    /** The loop runs what is due, millisecond by millisecond. */
    private void idle(int millis) {
        for (int i = 0; i < millis; i++) {
            time.advanceMillis(1);
            channel.runPendingTasks();
        }
    }

    /** Something else has the loop. */
    private void busy(int millis) {
        time.advanceMillis(millis);
    }

    private void begin() {
        lag.start();
        channel.runPendingTasks();
        idle(100);
        lag.watch();
    }

    private Duration at(long nanos) {
        return lag.during(Timing.between(nanos, nanos));
    }

    @Test
    void holdsABusyLoopAgainstTheMomentsAroundItOnly() {
        begin();
        idle(20);
        long before = time.nanoTime();
        idle(20);
        busy(30);
        long behind = time.nanoTime();
        idle(20);
        long after = time.nanoTime();
        idle(20);

        assertThat(at(before)).isZero();
        assertThat(at(behind)).isBetween(Duration.ofMillis(28), Duration.ofMillis(30));
        assertThat(at(after)).isZero();
        assertThat(lag.during(Timing.between(before, after))).isZero();
        assertThat(lag.during(new Timing(before, after, true))).isEqualTo(at(behind));
        assertThat(lag.maxSince(before)).isEqualTo(at(behind));
    }

    @Test
    void holdsItAgainstWhatWasReadRightAfter() {
        begin();
        idle(20);
        busy(30);
        channel.runPendingTasks();
        time.advance(100, TimeUnit.MICROSECONDS);
        long read = time.nanoTime();
        idle(20);

        assertThat(at(read)).isGreaterThanOrEqualTo(Duration.ofMillis(28));
    }

    @Test
    void knowsThatATimerIsOverdueBeforeItRuns() {
        begin();
        idle(20);
        busy(40);

        assertThat(at(time.nanoTime())).isGreaterThanOrEqualTo(Duration.ofMillis(38));
        assertThat(lag.maxSince(time.nanoTime())).isGreaterThanOrEqualTo(Duration.ofMillis(38));
    }

    @Test
    void vouchesForNothingThatItHasForgotten() {
        begin();
        idle(10);
        long longAgo = time.nanoTime();
        assertThat(at(longAgo)).isZero();
        idle(70_000);

        assertThat(at(longAgo)).isGreaterThan(Duration.ofHours(1));
        assertThat(lag.maxSince(longAgo)).isZero();
    }

    @Test
    void looksLessOftenWhenNothingIsProbed() {
        begin();
        idle(10);
        lag.unwatch();
        idle(10);
        busy(30);
        long unseen = time.nanoTime();
        idle(100);

        assertThat(at(unseen)).isLessThan(Duration.ofMillis(20));
    }

    @Test
    void takesWhatIsReadInOneRoundForHavingBeenThereAtItsBegin() {
        long first = lag.arrival();
        busy(3);
        assertThat(lag.arrival()).isEqualTo(first);
        channel.runPendingTasks();
        assertThat(lag.arrival()).isEqualTo(first + TimeUnit.MILLISECONDS.toNanos(3));
    }

    @Test
    void seesARealLoopThatIsBlocked() {
        Vertx vertx = Vertx.vertx();
        try {
            EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
            LoopLag real = new LoopLag(loop, System::nanoTime);
            real.start();
            Promise<Duration> found = Promise.promise();
            loop.execute(() -> {
                real.watch();
                long asked = System.nanoTime();
                var unusedSpin = loop.schedule(() -> spin(Duration.ofMillis(60)), 10, TimeUnit.MILLISECONDS);
                var unusedLook = loop.schedule(
                        () -> found.complete(real.during(Timing.since(asked))), 100, TimeUnit.MILLISECONDS);
            });
            assertThat(ProbeLab.await(found.future())).isGreaterThan(Duration.ofMillis(50));
        } finally {
            Future<Void> closed = vertx.close();
            ProbeLab.await(closed);
        }
    }

    static void spin(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
