package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a malicious server may put on an open WebSocket. */
class HostileWireTest {
    private final ProbeLab lab = new ProbeLab().waiting(READ, 3_000);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void refusesAMaskedFrame() {
        Buffer masked = Buffer.buffer(new byte[] {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5});
        assertBreach(read(socket -> RawServer.write(socket, masked)), Reason.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc1, 0xa1, 0x91, 0x83, 0x8b, 0x09, 0x80})
    void refusesReservedBitsAndOpcodes(int first) {
        assertBreach(
                read(socket -> RawServer.write(socket, RawServer.frame(first, Buffer.buffer("x")))), Reason.PROTOCOL);
    }

    @Test
    void refusesAHeaderThatClaimsAGigabyte() {
        Buffer header =
                Buffer.buffer().appendByte((byte) 0x81).appendByte((byte) 127).appendLong(1L << 30);
        assertBreach(read(socket -> RawServer.write(socket, header)), Reason.TOO_LARGE);
    }

    @Test
    void refusesAMessageOfManyFragments() {
        Buffer chunk = Buffer.buffer("x".repeat(60_000));
        Buffer message = RawServer.frame(0x01, chunk);
        for (int i = 0; i < 5; i++) {
            message.appendBuffer(RawServer.frame(0x00, chunk));
        }
        assertBreach(read(socket -> RawServer.write(socket, message)), Reason.TOO_LARGE);
    }

    @Test
    void refusesEndlessSmallFragments() {
        Buffer message = RawServer.frame(0x01, Buffer.buffer("x"));
        for (int i = 0; i < 600; i++) {
            message.appendBuffer(RawServer.frame(0x00, Buffer.buffer("x")));
        }
        assertBreach(read(socket -> RawServer.write(socket, message)), Reason.TOO_LARGE);
    }

    @Test
    void refusesAFloodOfBinaryFrames() {
        Buffer frame = RawServer.frame(0x82, Buffer.buffer("x".repeat(200_000)));
        assertBreach(
                read(socket -> {
                    for (int i = 0; i < 6; i++) {
                        RawServer.write(socket, frame);
                    }
                }),
                Reason.TOO_LARGE);
    }

    @Test
    void passesOverABinaryFrame() {
        Buffer frames = RawServer.frame(0x82, Buffer.buffer("x")).appendBuffer(RawServer.text("[\"EOSE\",\"read\"]"));
        assertThat(read(socket -> socket.handler(ignored -> RawServer.write(socket, frames.copy())))
                        .read()
                        .passed())
                .isTrue();
    }

    @Test
    void joinsFragmentsAroundAPing() {
        Buffer frames = RawServer.frame(0x01, Buffer.buffer("[\"EOSE\","))
                .appendBuffer(RawServer.frame(0x89, Buffer.buffer("hi")))
                .appendBuffer(RawServer.frame(0x80, Buffer.buffer("\"read\"]")));
        assertThat(read(socket -> socket.handler(ignored -> RawServer.write(socket, frames.copy())))
                        .read()
                        .passed())
                .isTrue();
    }

    @Test
    void closesAtTheEleventhPing() throws Exception {
        Buffer pings = Buffer.buffer();
        for (int i = 0; i < 11; i++) {
            pings.appendBuffer(RawServer.frame(0x89, Buffer.buffer("hi")));
        }
        RawServer server = RawServer.upgrading(lab.vertx, socket -> RawServer.write(socket, pings));
        assertBreach(lab.probe(server.ws(), READ), Reason.TOO_LARGE);
        server.connections.get(0).get(3, TimeUnit.SECONDS);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        Buffer broken = Buffer.buffer(new byte[] {'[', '"', (byte) 0xff, '"', ']'});
        assertBreach(read(socket -> RawServer.write(socket, RawServer.frame(0x81, broken))), Reason.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "[[[[[[[[",
                "null",
                "[\"EVENT\"]",
                "[\"EOSE\",1]",
                "\u0000",
                "[\"OK\",\"\\ud800\"]"
            })
    void survivesWhatIsNotNostr(String text) {
        lab.waiting(READ, 300);
        assertBreach(read(socket -> RawServer.write(socket, RawServer.text(text))), Reason.PROTOCOL);
    }

    @Test
    void survivesDeepNesting() {
        lab.waiting(READ, 300);
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertBreach(read(socket -> RawServer.write(socket, RawServer.text(deep))), Reason.PROTOCOL);
    }

    @Test
    void namesAReset() {
        assertBreach(read(socket -> socket.handler(ignored -> RawServer.reset(socket))), Reason.RESET);
    }

    @Test
    void namesACloseWithoutACloseFrame() {
        assertBreach(read(socket -> socket.handler(ignored -> RawServer.close(socket))), Reason.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 3000, 4999})
    void keepsTheCodeOfAClose(int code) {
        CheckReport report = read(socket -> RawServer.write(
                socket,
                RawServer.frame(0x88, Buffer.buffer().appendUnsignedShort(code).appendString("bye"))));
        assertBreach(report, Reason.CLOSED);
        assertThat(report.read().evidence()).isEqualTo(code + " bye");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1005, 1006, 1015})
    void refusesACodeThatMayNotBeSent(int code) {
        assertBreach(
                read(socket -> RawServer.write(
                        socket, RawServer.frame(0x88, Buffer.buffer().appendUnsignedShort(code)))),
                Reason.PROTOCOL);
    }

    @Test
    void freesTheSocketAtTheBudgetWhenAFrameTrickles() throws Exception {
        lab.waiting(READ, 400);
        RawServer server = RawServer.upgrading(lab.vertx, socket -> {
            Buffer frame = RawServer.text("[\"EOSE\",\"read\"]");
            RawServer.write(socket, frame.getBuffer(0, 1));
            int[] next = {1};
            lab.vertx.setPeriodic(100, timer -> {
                if (next[0] >= frame.length()) {
                    lab.vertx.cancelTimer(timer);
                } else {
                    RawServer.write(socket, frame.getBuffer(next[0], ++next[0]));
                }
            });
        });
        assertBreach(lab.probe(server.ws(), READ), Reason.NO_REPLY);
        server.connections.get(0).get(3, TimeUnit.SECONDS);
    }

    private CheckReport read(Consumer<NetSocket> script) {
        return lab.probe(RawServer.upgrading(lab.vertx, script).ws(), READ);
    }

    private static void assertBreach(CheckReport report, Reason reason) {
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.read()).isInstanceOf(Failed.class);
        assertThat(((Failed) report.read()).stage()).isEqualTo(Stage.READ);
        assertThat(report.read().reason()).as(report.read().toString()).isEqualTo(reason);
    }
}
