package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Stage;

class WithheldTimesTest {
    private final ProbeLab lab = new ProbeLab();

    /** The relay's own, so that only we are busy. */
    private final Vertx elsewhere = Vertx.vertx();

    private final MockTicker time = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(time).build();
    private final LoopLag lag = new LoopLag(channel.eventLoop(), time::nanoTime);
    private final Findings findings = new Findings(lab.job("ws://relay.localhost"), Instant.EPOCH);

    @AfterEach
    void close() {
        lab.close();
        ProbeLab.await(elsewhere.close());
    }

    private void idle(int millis) {
        for (int i = 0; i < millis; i++) {
            time.advanceMillis(1);
            channel.runPendingTasks();
        }
    }

    private void watched() {
        lag.start();
        channel.runPendingTasks();
        lag.watch();
        idle(10);
    }

    private long answeredAfter(int quietMs, int busyMs) {
        long asked = time.nanoTime();
        idle(quietMs);
        time.advanceMillis(busyMs);
        findings.took(Stage.READ, Timing.between(asked, time.nanoTime()));
        idle(10);
        return asked;
    }

    @Test
    void areThoseOfTheStageThatSufferedAndNoOthers() {
        watched();
        long start = time.nanoTime();
        idle(40);
        findings.took(Stage.TCP, Timing.between(start, time.nanoTime()));
        long asked = time.nanoTime();
        idle(60);
        findings.took(Stage.UPGRADE, Timing.between(asked, time.nanoTime()));
        idle(10);
        answeredAfter(50, 20);
        findings.conclude(CheckType.OPEN, new Passed());
        findings.conclude(CheckType.READ, new Passed());

        CheckReport report = findings.report(lag);

        assertThat(report.withheld()).containsExactly(Stage.READ);
        assertThat(report.rttOpen()).isEqualTo(Duration.ofMillis(100));
        assertThat(report.rttRead()).isNull();
        assertThat(report.phases().read()).isEqualTo(Duration.ofMillis(70));
    }

    /** What is published is their sum, with all of their errors. */
    @Test
    void areOneOfThoseWhoseSumIsGivenIfTheLoopWasLateForAllOfThemTogether() {
        watched();
        for (Stage stage : List.of(Stage.TCP, Stage.TLS, Stage.UPGRADE)) {
            long start = time.nanoTime();
            idle(20);
            time.advanceMillis(stage == Stage.TLS ? 4 : 3);
            findings.took(stage, Timing.between(start, time.nanoTime()));
            idle(10);
        }
        findings.conclude(CheckType.OPEN, new Passed());

        CheckReport report = findings.report(lag);

        assertThat(report.withheld()).containsExactly(Stage.TLS);
        assertThat(report.rttOpen()).isNull();
        assertThat(report.took(Stage.TCP)).isEqualTo(Duration.ofMillis(23));
    }

    @Test
    void areNoneIfTheLoopWasBusyWhileTheRelayThought() {
        watched();
        long asked = time.nanoTime();
        idle(50);
        time.advanceMillis(200);
        idle(50);
        findings.took(Stage.READ, Timing.between(asked, time.nanoTime()));
        idle(10);
        findings.conclude(CheckType.READ, new Passed());

        assertThat(findings.report(lag).withheld()).isEmpty();
        assertThat(findings.report(lag).rttRead()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void areThoseOfAStageThatTookTurnsWithABusyLoop() {
        watched();
        long asked = time.nanoTime();
        idle(50);
        time.advanceMillis(20);
        idle(50);
        findings.took(Stage.TLS, new Timing(asked, time.nanoTime(), true));
        idle(10);

        assertThat(findings.report(lag).withheld()).containsExactly(Stage.TLS);
    }

    @Test
    void needAnAnswerThatCameAfterItsQuestion() {
        watched();
        long now = time.nanoTime();
        findings.took(Stage.READ, Timing.between(now, now - TimeUnit.MILLISECONDS.toNanos(2)));

        assertThat(findings.report(lag).phases().read()).isNull();
    }

    /** The answer is on its way while the prober's loops are busy, and is read only when they are free again. */
    @Test
    void areThoseOfARealAnswerThatABusyLoopHeardLate() {
        ScriptedRelay relay = new ScriptedRelay(elsewhere)
                .onMessage((socket, message) -> {
                    if (message.getString(0).equals("REQ")) {
                        proberIsBusy(Duration.ofMillis(80))
                                .onComplete(busy -> ScriptedRelay.say(socket, "EOSE", message.getString(1)));
                    }
                })
                .start();

        CheckReport report = lab.probe(relay.ws(), CheckType.READ);

        assertThat(report.read().passed()).isTrue();
        assertThat(report.withheld()).contains(Stage.READ);
        assertThat(report.rttRead()).isNull();
        assertThat(report.loopLag()).isGreaterThan(Duration.ofMillis(50));
    }

    /** Completes, elsewhere, when all of the prober's loops have begun to be. */
    private Future<Void> proberIsBusy(Duration howLong) {
        List<EventExecutor> loops = new ArrayList<>();
        ((VertxInternal) lab.vertx).nettyEventLoopGroup().forEach(loops::add);
        AtomicInteger busy = new AtomicInteger();
        Context relays = elsewhere.getOrCreateContext();
        Promise<Void> allBusy = Promise.promise();
        for (EventExecutor loop : loops) {
            loop.execute(() -> {
                if (busy.incrementAndGet() == loops.size()) {
                    relays.runOnContext(ignored -> allBusy.complete());
                }
                LoopLagTest.spin(howLong);
            });
        }
        return allBusy.future();
    }
}
