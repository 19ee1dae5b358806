package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.OPEN;
import static org.nostrmonitor.relay.CheckType.READ;
import static org.nostrmonitor.relay.CheckType.WRITE;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

class OpenCheckTest {
    private final ProbeLab lab = new ProbeLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void opensOverIpv4() {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        CheckReport report = lab.probe(relay.ws());
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.address()).isEqualTo("127.0.0.1");
        assertThat(report.phases().tcp()).isPositive();
        assertThat(report.phases().upgrade()).isPositive();
        assertThat(report.phases().tls()).isNull();
        assertThat(report.read()).isEqualTo(new NotTested(Reason.DISABLED));
        assertThat(report.write()).isEqualTo(new NotTested(Reason.NOT_DUE));
        assertThat(report.nip11()).isEqualTo(new NotTested(Reason.DISABLED));
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void opensOverIpv6() {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).at("::1").start();
        CheckReport report = lab.probe(relay.ws());
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.address()).isEqualTo("::1");
        assertThat(report.phases().upgrade()).isPositive();
    }

    @Test
    void closesTheConnectionWhenDone() throws Exception {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        lab.probe(relay.ws());
        relay.sockets.get(0).get(3, TimeUnit.SECONDS);
    }

    @Test
    void closesTheConnectionOfAServerThatDoesNotSayGoodbye() throws Exception {
        RawServer server = RawServer.upgrading(lab.vertx, socket -> socket.handler(ignored -> {}));
        assertThat(lab.probe(server.ws()).open()).isEqualTo(new Passed());
        server.connections.get(0).get(3, TimeUnit.SECONDS);
    }

    @Test
    void sendsNoPacketToABlockedAddress() {
        lab.allowing("::1/128");
        RawServer server = RawServer.accepting(lab.vertx, socket -> {});
        CheckReport report = lab.probe(server.ws(), READ, WRITE, NIP11);
        assertThat(report.open()).isEqualTo(new NotTested(Reason.BLOCKED, "127.0.0.1 (loopback)"));
        assertThat(report.read()).isEqualTo(new NotTested(Reason.NOT_REACHED));
        assertThat(report.write()).isEqualTo(new NotTested(Reason.NOT_REACHED));
        assertThat(report.nip11()).isEqualTo(new NotTested(Reason.NOT_REACHED));
        assertThat(report.state()).isEqualTo(RelayState.UNKNOWN);
        assertThat(report.address()).isNull();
        assertThat(server.connections).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ws://169.254.169.254", "ws://[::ffff:10.0.0.1]", "ws://[64:ff9b::7f00:1]", "ws://localhost:1234"
            })
    void blocksWhatIsNotPublic(String url) {
        lab.allowing();
        assertThat(lab.probe(url).open().reason()).isEqualTo(Reason.BLOCKED);
    }

    @Test
    void namesARefusedConnection() throws IOException {
        int port = unusedPort();
        CheckReport report = lab.probe("ws://127.0.0.1:" + port, READ);
        assertFailed(report, Stage.TCP, Reason.TCP_REFUSED);
        assertThat(report.read()).isEqualTo(new NotTested(Reason.NOT_REACHED));
        assertThat(report.address()).isEqualTo("127.0.0.1");
        assertThat(report.phases().tcp()).isPositive();
        assertThat(report.phases().upgrade()).isNull();
        assertThat(report.state()).isEqualTo(RelayState.OFFLINE);
    }

    @Test
    void triesTheOtherFamilyWhenTheFirstIsDead() {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).at("::1").start();
        CheckReport report = lab.probe("ws://localhost:" + relay.port());
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.address()).isEqualTo("::1");
    }

    @Test
    void namesAHostThatDoesNotAnswerTheConnect() throws IOException {
        lab.waiting(OPEN, 400);
        try (FullBacklog full = new FullBacklog()) {
            assertFailed(lab.probe("ws://127.0.0.1:" + full.port()), Stage.TCP, Reason.TCP_TIMEOUT);
        }
    }

    @Test
    void namesWhatIsNoTls() {
        RawServer server = RawServer.accepting(
                lab.vertx,
                socket -> socket.handler(hello -> RawServer.write(socket, Buffer.buffer("HTTP/1.1 400 Bad\r\n\r\n"))));
        assertFailed(lab.probe(server.wss("127.0.0.1")), Stage.TLS, Reason.TLS_HANDSHAKE);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 401, 403, 404, 429, 502})
    void keepsTheStatusOfARefusedUpgrade(int status) {
        RawServer server = RawServer.answering(
                lab.vertx,
                (socket, request) -> RawServer.write(
                        socket, Buffer.buffer("HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno")));
        CheckReport report = lab.probe(server.ws());
        assertFailed(report, Stage.UPGRADE, Reason.UPGRADE_STATUS);
        assertThat(report.open().evidence()).isEqualTo(Integer.toString(status));
    }

    @Test
    void takesAHandshakeByteByByteAndAFrameRightBehindIt() {
        RawServer server = RawServer.answering(lab.vertx, (socket, request) -> {
            Buffer all = RawServer.switching(request).appendBuffer(RawServer.text("[\"EOSE\",\"read\"]"));
            send(socket, all, 0);
        });
        CheckReport report = lab.probe(server.ws(), READ);
        assertThat(report.open()).isEqualTo(new Passed());
    }

    @Test
    void takesWhatComesInOnePacketWithTheHandshake() {
        RawServer server = RawServer.answering(
                lab.vertx,
                (socket, request) -> RawServer.write(
                        socket,
                        RawServer.switching(request).appendBuffer(RawServer.text("[\"NOTICE\",\"restricted: go\"]"))));
        lab.waiting(READ, 300);
        CheckReport report = lab.probe(server.ws(), READ);
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.read().reason()).isEqualTo(Reason.RESTRICTED);
    }

    private void send(io.vertx.core.net.NetSocket socket, Buffer all, int from) {
        if (from < all.length()) {
            socket.write(all.getBuffer(from, from + 1))
                    .onSuccess(ignored -> lab.vertx.runOnContext(next -> send(socket, all, from + 1)))
                    .onFailure(ignored -> {});
        }
    }

    @Test
    void namesACloseInTheUpgrade() {
        RawServer server = RawServer.answering(lab.vertx, (socket, request) -> RawServer.close(socket));
        assertFailed(lab.probe(server.ws()), Stage.UPGRADE, Reason.CLOSED);
    }

    @Test
    void namesACloseInTheTlsHandshake() {
        RawServer server = RawServer.accepting(lab.vertx, socket -> socket.handler(hello -> RawServer.close(socket)));
        assertFailed(lab.probe(server.wss("127.0.0.1")), Stage.TLS, Reason.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://abcdef.onion", "wss://abcdef.i2p", "ws://abcdef.loki"})
    void doesNotTestANetworkWithoutItsProxy(String url) {
        assertThat(lab.probe(url).open()).isEqualTo(new NotTested(Reason.NO_PROXY));
    }

    @Test
    void goesThroughTheProxyWithTheNameUnresolved() {
        ScriptedRelay relay = new ScriptedRelay(lab.vertx).start();
        SocksServer proxy = new SocksServer(lab.vertx, relay.port());
        lab.through(Network.TOR, proxy.port());
        CheckReport report = lab.probe("ws://abcdef.onion", READ);
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.read().passed()).isTrue();
        assertThat(report.address()).isNull();
        assertThat(proxy.asked).containsExactly("abcdef.onion:80");
    }

    @Test
    void namesAProxyThatCannotReachTheRelay() {
        SocksServer proxy = new SocksServer(lab.vertx, 0);
        lab.through(Network.TOR, proxy.port());
        assertFailed(lab.probe("ws://abcdef.onion"), Stage.TCP, Reason.PROXY_FAILED);
    }

    @Test
    void doesNotBlameTheRelayForADeadProxy() throws IOException {
        lab.through(Network.TOR, unusedPort());
        CheckReport report = lab.probe("ws://abcdef.onion");
        assertThat(report.open().reason()).isEqualTo(Reason.PROXY_UNUSABLE);
        assertThat(report.state()).isEqualTo(RelayState.UNKNOWN);
    }

    @Test
    void failsItsProbesWhenItIsClosed() {
        RawServer server = RawServer.accepting(lab.vertx, new NetServerOptions(), socket -> {});
        var probe = lab.prober().probe(lab.job(server.ws()));
        ProbeLab.await(lab.prober().close());
        io.vertx.core.Future<Boolean> failed =
                probe.transform(result -> io.vertx.core.Future.succeededFuture(result.failed()));
        assertThat(ProbeLab.await(failed).booleanValue()).isTrue();
    }

    static void assertFailed(CheckReport report, Stage stage, Reason reason) {
        assertThat(report.open()).isInstanceOf(Failed.class);
        assertThat(List.of(((Failed) report.open()).stage(), ((Failed) report.open()).reason()))
                .as(report.open().toString())
                .containsExactly(stage, reason);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
