package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.OPEN;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

/** Relays behind a SOCKS5 proxy. */
class TunnelTest {
    private final ProbeLab lab = new ProbeLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void eachHostHasAUserNameOfItsOwnAndNip11TheSame() {
        SocksServer proxy = proxy(relay());
        CheckReport report = lab.probe("ws://abcdef.onion:7777/path", READ, NIP11);
        lab.probe("ws://ghijkl.onion");
        assertThat(report.read().passed()).isTrue();
        assertThat(report.document()).isEqualTo("{\"name\":\"hidden\"}");
        assertThat(report.address()).isNull();
        assertThat(report.facts().addresses()).isEmpty();
        assertThat(report.phases().dns()).isNull();
        assertThat(report.phases().tcp()).isPositive();
        assertThat(proxy.asked).containsExactly("abcdef.onion:7777", "abcdef.onion:7777", "ghijkl.onion:80");
        assertThat(proxy.users).containsExactly("abcdef.onion", "abcdef.onion", "ghijkl.onion");
    }

    @Test
    void takesAProxyThatKnowsNoUserNames() {
        SocksServer proxy = proxy(relay()).choosing(0);
        assertThat(lab.probe("ws://abcdef.onion").open()).isEqualTo(new Passed());
        assertThat(proxy.users).isEmpty();
    }

    @Test
    void takesAProxyThatSpeaksByteByByte() {
        proxy(relay()).dripping();
        assertThat(lab.probe("ws://abcdef.onion", READ).read().passed()).isTrue();
    }

    @Test
    void speaksTlsWithTheRelayAndNotWithTheProxy() {
        lab.trusting(Certificates.authority());
        ScriptedRelay relay = new ScriptedRelay(lab.vertx)
                .secured(Certificates.named("abcdef.onion"))
                .start();
        proxy(relay);
        CheckReport report = lab.probe("wss://abcdef.onion");
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.facts().tls()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "4, host unreachable",
        "5, connection refused",
        "6, no answer in time",
        "240, the onion service has no descriptor"
    })
    void believesAProxyThatSaysThatTheRelayIsGone(int code, String words) {
        proxy(0).replying(code);
        assertThat(lab.probe("ws://abcdef.onion").open())
                .isEqualTo(new Failed(Stage.TCP, Reason.PROXY_FAILED, "the proxy says: " + words));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 99, 244})
    void doesNotBlameTheRelayForWhatTheProxySaysOfItself(int code) {
        proxy(0).replying(code);
        assertNotBlamed(lab.probe("ws://abcdef.onion"), Reason.PROXY_UNUSABLE);
    }

    @Test
    void doesNotBlameTheRelayForAProxyThatRefusesUs() {
        SocksServer proxy = proxy(relay()).refusingLogins();
        assertNotBlamed(lab.probe("ws://abcdef.onion"), Reason.PROXY_UNUSABLE);
        proxy.choosing(0xff);
        assertNotBlamed(lab.probe("ws://abcdef.onion"), Reason.PROXY_UNUSABLE);
        assertThat(proxy.asked).isEmpty();
    }

    @Test
    void doesNotBlameTheRelayForAProxyThatSpeaksSomethingElse() {
        insteadOfAProxy(socket -> RawServer.write(socket, Buffer.buffer("HTTP/1.1 400 Bad Request\r\n\r\n")));
        assertNotBlamed(lab.probe("ws://abcdef.onion"), Reason.PROXY_UNUSABLE);
    }

    @Test
    void doesNotBlameTheRelayForAProxyThatIsSilent() {
        lab.waiting(OPEN, 300);
        proxy(relay()).choosing(SocksServer.SILENCE);
        assertNotBlamed(lab.probe("ws://abcdef.onion"), Reason.PROXY_UNUSABLE);
    }

    @Test
    void doesNotBlameTheRelayForAProxyThatHangsUp() {
        insteadOfAProxy(RawServer::close);
        assertNotBlamed(lab.probe("ws://abcdef.onion"), Reason.PROXY_UNUSABLE);
    }

    private void insteadOfAProxy(Consumer<NetSocket> answer) {
        RawServer server = RawServer.accepting(lab.vertx, socket -> socket.handler(hello -> answer.accept(socket)));
        lab.through(Network.TOR, server.port());
    }

    @Test
    void silenceCountsAgainstARelayOnlyWhenOthersAnswerByTheSameProxy() {
        lab.waiting(OPEN, 300);
        SocksServer proxy = proxy(relay()).replying(SocksServer.SILENCE);
        assertNotBlamed(lab.probe("ws://silent.onion"), Reason.NO_ROUTE);
        proxy.replying(0);
        assertThat(lab.probe("ws://abcdef.onion").open()).isEqualTo(new Passed());
        proxy.replying(SocksServer.SILENCE);
        assertThat(lab.probe("ws://silent.onion").open())
                .isEqualTo(new Failed(Stage.TCP, Reason.TCP_TIMEOUT, "through the proxy"));
    }

    private ScriptedRelay relay() {
        return new ScriptedRelay(lab.vertx)
                .onRequest(request ->
                        request.response().end("{\"name\":\"hidden\"}").onFailure(ignored -> {}))
                .start();
    }

    private SocksServer proxy(ScriptedRelay relay) {
        return proxy(relay.port());
    }

    private SocksServer proxy(int target) {
        SocksServer proxy = new SocksServer(lab.vertx, target);
        lab.through(Network.TOR, proxy.port());
        return proxy;
    }

    private static void assertNotBlamed(CheckReport report, Reason reason) {
        assertThat(report.open()).isInstanceOf(NotTested.class);
        assertThat(report.open().reason()).as(report.open().toString()).isEqualTo(reason);
        assertThat(report.open().evidence()).isNotEmpty();
        assertThat(report.state()).isEqualTo(RelayState.UNKNOWN);
    }
}
