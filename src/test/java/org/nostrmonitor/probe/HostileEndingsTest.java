package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.READ;
import static org.nostrmonitor.relay.CheckType.WRITE;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Peers that end a connection as they like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileEndingsTest {
    private final Assault assault = new Assault(new ProbeLab().trusting(Certificates.authority()));

    @AfterAll
    void close() {
        assault.close();
    }

    /** One for all; {@link HostileWireTest} has the others. */
    @Test
    void aCloseFrameWithACode() {
        CheckReport report = closing(Buffer.buffer().appendUnsignedShort(1008).appendString("bye"));
        assertThat(report.read()).isEqualTo(new Failed(Stage.READ, Reason.CLOSED, "1008 bye"));
    }

    @Test
    void aCloseFrameWithoutACode() {
        assertThat(closing(Buffer.buffer()).read()).isEqualTo(new Failed(Stage.READ, Reason.CLOSED, "without a code"));
    }

    @Test
    void aCloseFrameWithACodeThatMayNotBeSent() {
        CheckReport report = closing(Buffer.buffer().appendUnsignedShort(1006));
        assertEnd(report.read(), Stage.READ, Reason.PROTOCOL);
    }

    @Test
    void aCloseFrameWhoseReasonIsNotUtf8() {
        CheckReport report = closing(Buffer.buffer().appendUnsignedShort(1000).appendByte((byte) 0xff));
        assertEnd(report.read(), Stage.READ, Reason.PROTOCOL);
    }

    private CheckReport closing(Buffer payload) {
        RawServer peer = RawServer.upgrading(
                assault.world, socket -> RawServer.write(socket, RawServer.frame(0x88, payload.copy())));
        return assault.atOnce(peer, peer.ws(), READ);
    }

    @Test
    void aResetInTheMiddleOfTls() {
        RawServer peer = RawServer.accepting(assault.world, socket -> socket.handler(hello -> RawServer.reset(socket)));
        assertEnd(assault.atOnce(peer, peer.wss("127.0.0.1")).open(), Stage.TLS, Reason.RESET);
    }

    @Test
    void aResetInTheMiddleOfTheUpgrade() {
        RawServer peer = RawServer.answering(assault.world, (socket, request) -> {
            RawServer.write(socket, Buffer.buffer("HTTP/1.1 101 Swi"));
            RawServer.reset(socket);
        });
        assertEnd(assault.atOnce(peer, peer.ws()).open(), Stage.UPGRADE, Reason.RESET);
    }

    @Test
    void aResetInTheMiddleOfReading() {
        RawServer peer = RawServer.upgrading(
                assault.world,
                socket -> socket.handler(request -> {
                    RawServer.write(
                            socket, RawServer.text("[\"EOSE\",\"read\"]").getBuffer(0, 9));
                    RawServer.reset(socket);
                }));
        assertEnd(assault.atOnce(peer, peer.ws(), READ).read(), Stage.READ, Reason.RESET);
    }

    @Test
    void aResetInTheMiddleOfWriting() {
        RawServer peer = RawServer.talking(assault.world, (socket, message) -> {
            if (message.getString(0).equals("EVENT")) {
                RawServer.reset(socket);
            }
        });
        CheckReport report = assault.atOnce(peer, peer.ws(), READ, WRITE);
        assertThat(report.read().passed()).isTrue();
        assertEnd(report.write(), Stage.WRITE, Reason.RESET);
    }

    @Test
    void aResetInTheMiddleOfTheDocument() {
        RawServer peer = RawServer.describing(assault.world, socket -> {
            RawServer.write(socket, Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"name\":"));
            RawServer.reset(socket);
        });
        CheckReport report = assault.atOnce(peer, peer.ws(), READ, NIP11);
        assertThat(report.read().passed()).isTrue();
        assertEnd(report.nip11(), Stage.NIP11, Reason.RESET);
    }

    @Test
    void anEndWithoutACloseFrame() {
        RawServer peer =
                RawServer.upgrading(assault.world, socket -> socket.handler(request -> RawServer.close(socket)));
        assertEnd(assault.atOnce(peer, peer.ws(), READ).read(), Stage.READ, Reason.CLOSED);
    }

    private static void assertEnd(Outcome outcome, Stage stage, Reason reason) {
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).stage()).as(outcome.toString()).isEqualTo(stage);
        assertThat(outcome.reason()).as(outcome.toString()).isEqualTo(reason);
    }
}
