package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.OPEN;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.bus.Messages.Turn;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;

class AddressTurnTest {
    private static final Duration SLOW = Duration.ofMillis(600);

    private final ProbeLab lab = new ProbeLab();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void dialsNothingBeforeItsTurn() {
        limits(address -> Future.succeededFuture(Duration.ofMillis(1500)));
        RawServer server = RawServer.accepting(lab.vertx, socket -> {});

        ProbeAnswer answer = answer(server.ws(), null);

        assertThat(answer.report()).isNull();
        assertThat(answer.turn()).isEqualTo(new Turn("127.0.0.1", Duration.ofMillis(1500)));
        assertThat(server.connections).isEmpty();
    }

    @Test
    void doesNotTestWhatHasNoTurnInThisCycle() {
        limits(address -> Future.succeededFuture(AddressLimits.HORIZON.plusMillis(1)));
        RawServer server = RawServer.accepting(lab.vertx, socket -> {});

        CheckReport report = report(server.ws(), null);

        assertThat(report.open()).isEqualTo(new NotTested(Reason.CROWDED, "127.0.0.1"));
        assertThat(report.state()).isEqualTo(RelayState.UNKNOWN);
        assertThat(server.connections).isEmpty();
    }

    @Test
    void asksOnceForTheAddressThatItDialsFirst() {
        limits(address -> Future.succeededFuture(Duration.ZERO));
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).at("::1").start();

        CheckReport report = report("ws://localhost:" + relay.port(), null);

        assertThat(report.address()).isEqualTo("::1");
        assertThat(asked).containsExactly("127.0.0.1");
    }

    @Test
    void dialsTheAddressWhoseTurnHasComeAndAsksNobody() {
        limits(address -> Future.succeededFuture(Duration.ofHours(1)));
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).at("::1").start();

        CheckReport report = report("ws://localhost:" + relay.port(), "::1");

        assertThat(report.open().passed()).isTrue();
        assertThat(report.address()).isEqualTo("::1");
        assertThat(asked).isEmpty();
    }

    @Test
    void asksAnewWhenTheNameNoLongerLeadsToTheReservedAddress() {
        limits(address -> Future.succeededFuture(Duration.ofSeconds(2)));

        ProbeAnswer answer = answer("ws://127.0.0.1:9001", "192.0.2.7");

        assertThat(answer.turn()).isEqualTo(new Turn("127.0.0.1", Duration.ofSeconds(2)));
    }

    @Test
    void dialsNoReservedAddressThatIsNotPermitted() {
        lab.allowing();
        limits(address -> Future.succeededFuture(Duration.ZERO));

        CheckReport report = report("ws://127.0.0.1:9001", "127.0.0.1");

        assertThat(report.open().reason()).isEqualTo(Reason.BLOCKED);
        assertThat(asked).isEmpty();
    }

    @Test
    void dialsWhenTheLimiterFails() {
        limits(address -> Future.failedFuture(new QueueUnavailable("Redis is gone", null)));
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();

        assertThat(report(relay.ws(), null).open().passed()).isTrue();
        assertThat(asked).containsExactly("127.0.0.1");
    }

    @Test
    void dialsWhenTheLimiterDoesNotAnswer() {
        limits(address -> Promise.<Duration>promise().future());
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();

        assertThat(report(relay.ws(), null).open().passed()).isTrue();
    }

    @Test
    void takesTheQuestionFromNoMeasuredTimeAndNoTimeout() {
        limits(address -> lab.vertx.timer(SLOW.toMillis()).map(Duration.ZERO));
        lab.waiting(OPEN, SLOW.toMillis() / 2);
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();

        CheckReport report = report("ws://localhost:" + relay.port(), null);

        assertThat(report.open().passed()).isTrue();
        assertThat(report.phases().dns()).isLessThan(SLOW.dividedBy(2));
        assertThat(report.phases().tcp()).isLessThan(SLOW.dividedBy(2));
        assertThat(report.phases().upgrade()).isLessThan(SLOW.dividedBy(2));
    }

    @Test
    void asksNobodyForARelayBehindAProxy() {
        limits(address -> Future.succeededFuture(Duration.ofHours(1)));
        SocksServer proxy =
                new SocksServer(lab.vertx, new ScriptedRelay(lab.vertx).start().port());
        lab.through(Network.TOR, proxy.port());

        assertThat(report("ws://abcdef.onion", null).open().passed()).isTrue();
        assertThat(asked).isEmpty();
    }

    private void limits(Function<InetAddress, Future<Duration>> turn) {
        AddressLimits limits = address -> {
            asked.add(NetUtil.toAddressString(address));
            return turn.apply(address);
        };
        lab.limitedBy(limits);
    }

    private CheckReport report(String url, @Nullable String reserved) {
        CheckReport report = answer(url, reserved).report();
        assertThat(report).isNotNull();
        return java.util.Objects.requireNonNull(report);
    }

    private ProbeAnswer answer(String url, @Nullable String reserved) {
        CheckJob job = lab.job(url);
        return ProbeLab.await(lab.prober().probe(job.after(job.attempt(), job.confirmation(), reserved)));
    }
}
