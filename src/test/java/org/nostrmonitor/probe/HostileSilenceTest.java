package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.OpenCheckTest.assertFailed;
import static org.nostrmonitor.relay.CheckType.OPEN;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Peers that let us wait before there is a WebSocket, or answer with anything else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileSilenceTest {
    private final Assault assault = new Assault();

    @AfterAll
    void close() {
        assault.close();
    }

    @Test
    void tcpAcceptedThenSilence() {
        RawServer peer = RawServer.accepting(assault.world, socket -> {});
        CheckReport report = assault.atTheBudget(OPEN, peer, peer.ws());
        assertFailed(report, Stage.UPGRADE, Reason.UPGRADE_TIMEOUT);
        assertThat(report.phases().upgrade()).isPositive();
    }

    @Test
    void tlsStalledBeforeTheServersFirstWord() {
        RawServer peer = RawServer.accepting(assault.world, socket -> {});
        CheckReport report = assault.atTheBudget(OPEN, peer, peer.wss("127.0.0.1"));
        assertFailed(report, Stage.TLS, Reason.TLS_TIMEOUT);
        assertThat(report.phases().tls()).isPositive();
    }

    /** A record of a handshake that claims 16 KiB, of which five bytes come. */
    @Test
    void tlsStalledInTheMiddleOfARecord() {
        Buffer record = Buffer.buffer(new byte[] {22, 3, 3, 64, 0, 2, 0, 63, -4, 3});
        RawServer peer = RawServer.accepting(
                assault.world, socket -> socket.handler(hello -> RawServer.write(socket, record.copy())));
        CheckReport report = assault.atTheBudget(OPEN, peer, peer.wss("127.0.0.1"));
        assertFailed(report, Stage.TLS, Reason.TLS_TIMEOUT);
    }

    @Test
    void headerSentByteByByte() {
        RawServer peer = RawServer.answering(
                assault.world,
                (socket, request) -> RawServer.dribble(assault.world, socket, RawServer.switching(request)));
        assertFailed(assault.atTheBudget(OPEN, peer, peer.ws()), Stage.UPGRADE, Reason.UPGRADE_TIMEOUT);
    }

    @Test
    void aFrameAtAFewBytesASecond() {
        RawServer peer = RawServer.upgrading(assault.world, socket -> {
            socket.handler(goodbye -> {});
            RawServer.dribble(assault.world, socket, RawServer.text("[\"EOSE\",\"read\"]"));
        });
        CheckReport report = assault.atTheBudget(READ, peer, peer.ws(), READ);
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.read()).isEqualTo(new Failed(Stage.READ, Reason.NO_REPLY, ""));
    }

    /** One for all; {@link OpenCheckTest} has the others. */
    @Test
    void anHttpStatusInsteadOf101() {
        CheckReport report = answeringTheUpgrade(
                (request, body) -> Buffer.buffer("HTTP/1.1 301 No\r\nLocation: /\r\nContent-Length: 2\r\n\r\n" + body));
        assertFailed(report, Stage.UPGRADE, Reason.UPGRADE_STATUS);
        assertThat(report.open().evidence()).isEqualTo("301");
    }

    @Test
    void aWrongSecWebSocketAccept() {
        CheckReport report = answeringTheUpgrade((request, body) -> RawServer.switching("Sec-WebSocket-Key: another"));
        assertFailed(report, Stage.UPGRADE, Reason.PROTOCOL);
    }

    @Test
    void permessageDeflateNotAskedFor() {
        CheckReport report = answeringTheUpgrade((request, body) -> Buffer.buffer(RawServer.switching(request)
                .toString()
                .replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n")));
        assertFailed(report, Stage.UPGRADE, Reason.PROTOCOL);
    }

    @Test
    void anEndlessStatusLine() {
        assertTooLarge(endless("HTTP/1.1 101 ", "x".repeat(1_000)), "4096");
    }

    @Test
    void anEndlessHeader() {
        assertTooLarge(endless("HTTP/1.1 101 Switching Protocols\r\nX: ", "x".repeat(1_000)), "16384");
    }

    @Test
    void endlessInterimResponses() {
        assertTooLarge(
                endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(20)), "more than 10 interim");
    }

    private static void assertTooLarge(CheckReport report, String limit) {
        assertFailed(report, Stage.UPGRADE, Reason.TOO_LARGE);
        assertThat(report.open().evidence()).contains(limit);
    }

    private CheckReport endless(String first, String then) {
        RawServer peer = RawServer.answering(assault.world, (socket, request) -> {
            RawServer.write(socket, Buffer.buffer(first));
            RawServer.forever(socket, Buffer.buffer(then));
        });
        return assault.atOnce(peer, peer.ws());
    }

    private CheckReport answeringTheUpgrade(BiFunction<String, String, Buffer> answer) {
        RawServer peer = RawServer.answering(
                assault.world, (socket, request) -> RawServer.write(socket, answer.apply(request, "no")));
        return assault.atOnce(peer, peer.ws());
    }
}
