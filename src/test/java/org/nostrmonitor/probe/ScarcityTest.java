package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.OPEN;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.testing.Await;

/** What becomes of probes when the process has nothing left for them: never a verdict about a relay. */
class ScarcityTest {
    private final ProbeLab lab = new ProbeLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void bytesThatCannotBeTakenAreNotHeldAgainstTheRelay() throws Exception {
        lab.within(new Budgets(10, 100_000, 10, "a test"));
        Buffer frame = RawServer.frame(0x82, Buffer.buffer("x".repeat(200_000)));
        RawServer peer = RawServer.upgrading(lab.vertx, socket -> RawServer.forever(socket, frame));
        assertThat(ours(probe(peer.ws(), READ))).hasMessage("no more bytes could be taken");
        peer.connections.get(0).get(3, TimeUnit.SECONDS);
    }

    /** Each sends most of a message and keeps the rest: what it sent has to be held until its time is over. */
    @Test
    void hostileRelaysThatUseUpAllBytesTakeNothingFromADecentOne() {
        Budgets budgets = new Budgets(20, 1 << 20, 10, "a test");
        lab.within(budgets).waiting(READ, 1_500);
        ScriptedRelay decent = new ScriptedRelay(lab.vertx)
                .onRequest(request -> request.response().end("{}").onFailure(ignored -> {}))
                .start();
        Buffer unfinished =
                RawServer.frame(0x81, Buffer.buffer("x".repeat(250_000))).getBuffer(0, 240_000);
        RawServer hoarder = RawServer.upgrading(lab.vertx, socket -> RawServer.write(socket, unfinished.copy()));
        List<Future<ProbeAnswer>> hoarders = IntStream.range(0, 10)
                .mapToObj(i -> probe(hoarder.ws() + "/" + i, READ))
                .toList();
        Await.until(() -> Future.succeededFuture(budgets.bytes().refused()), refused -> refused > 0);

        CheckReport report = lab.probe(decent.ws(), READ, NIP11);
        assertThat(List.of(report.open(), report.nip11())).containsOnly(new Passed());
        assertThat(report.read().passed()).isTrue();
        assertThat(hoarders.stream().filter(each -> ended(each).failed()).count())
                .isPositive();
        hoarders.stream()
                .filter(each -> ended(each).succeeded())
                .forEach(each ->
                        assertThat(ProbeLab.report(each).read().reason()).isEqualTo(Reason.NO_REPLY));
        Await.until(() -> Future.succeededFuture(budgets.bytes().used()), used -> used == 0);
    }

    @Test
    void withoutASocketNothingIsDialledAndNothingIsSaid() {
        lab.within(new Budgets(0, 1 << 20, 10, "a test"));
        RawServer peer = RawServer.accepting(lab.vertx, socket -> {});
        assertThat(ours(probe(peer.ws(), READ))).hasMessage("no socket was free");
        assertThat(peer.connections).isEmpty();
    }

    @Test
    void allThatWasTakenIsGivenBackHoweverAProbeEnds() throws Exception {
        Budgets budgets = new Budgets(1, 1 << 20, 1, "a test");
        FakeDns dns = new FakeDns(lab.vertx).name("relay.example", "127.0.0.1").missing("nobody.example");
        lab.within(budgets).asking(dns).waiting(OPEN, 300).waiting(NIP11, 300);
        ScriptedRelay decent = new ScriptedRelay(lab.vertx).start();
        RawServer silent = RawServer.accepting(lab.vertx, socket -> {});
        RawServer resetting = RawServer.accepting(lab.vertx, RawServer::reset);
        for (String url : List.of(
                "ws://relay.example:" + decent.port(),
                "ws://nobody.example",
                silent.ws(),
                silent.wss("127.0.0.1"),
                resetting.ws(),
                "ws://127.0.0.1:" + unusedPort())) {
            lab.probe(url, READ, NIP11);
            Await.until(() -> Future.succeededFuture(budgets.sockets().used()), used -> used == 0);
        }
        assertThat(budgets.bytes().used()).isZero();
        assertThat(budgets.lookups().places().used()).isZero();
    }

    @Test
    void aNameThatWaitedInLineHasAllItsTime() {
        FakeDns dns = new FakeDns(lab.vertx).name("relay.example", "127.0.0.1");
        lab.within(new Budgets(10, 1 << 20, 1, "a test")).asking(dns).waiting(OPEN, 1_000);
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        Future<ProbeAnswer> silent = probe("ws://silent.example");
        Future<ProbeAnswer> next = probe("ws://relay.example:" + relay.port());
        assertThat(ProbeLab.report(silent).open().reason()).isEqualTo(Reason.DNS_TIMEOUT);
        assertThat(ProbeLab.report(next).open()).isEqualTo(new Passed());
    }

    @Test
    void aNameThatWaitedTooLongIsNotHeldAgainstTheRelay() {
        FakeDns dns = new FakeDns(lab.vertx).name("relay.example", "127.0.0.1");
        lab.within(new Budgets(10, 1 << 20, 1, "a test")).asking(dns).waiting(OPEN, 4_000);
        Future<ProbeAnswer> silent = probe("ws://silent.example");
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        assertThat(ours(probe("ws://relay.example:" + relay.port()))).hasMessage("no look-up was free for 2 s");
        assertThat(dns.asked).containsOnly("silent.example");
        assertThat(ProbeLab.report(silent).open().reason()).isEqualTo(Reason.DNS_TIMEOUT);
    }

    /** The second name server would be asked after 2.5 s: for the first name, which came first, or for the other. */
    @Test
    void aLookUpThatNobodyWaitsForAsksNothingMore() {
        FakeDns first = new FakeDns(lab.vertx);
        FakeDns second = new FakeDns(lab.vertx).name("relay.example", "127.0.0.1");
        lab.asking(first, second).waiting(OPEN, 200);
        assertThat(lab.probe("ws://silent.example").open().reason()).isEqualTo(Reason.DNS_TIMEOUT);
        lab.waiting(OPEN, 10_000);
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        assertThat(lab.probe("ws://relay.example:" + relay.port()).open()).isEqualTo(new Passed());
        assertThat(second.asked).containsOnly("relay.example");
    }

    private Future<ProbeAnswer> probe(String url, CheckType... checks) {
        return lab.prober().probe(lab.job(url, checks));
    }

    private static Throwable ours(Future<ProbeAnswer> probe) {
        Throwable failure = ended(probe).cause();
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getCause()).isInstanceOf(BudgetUsedUp.class);
        return Objects.requireNonNull(failure.getCause());
    }

    /** The same future, when it has completed. */
    private static <T> Future<T> ended(Future<T> future) {
        ProbeLab.await(future.transform(result -> Future.succeededFuture(true)));
        return future;
    }

    private static int unusedPort() throws java.io.IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
