package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
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

/** The many forms of what a malicious server may put on an open WebSocket; {@link Assault} has one of each through all checks. */
class HostileWireTest {
    private final ProbeLab lab = new ProbeLab().waiting(READ, 3_000);

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc1, 0xa1, 0x91, 0x83, 0x8b, 0x09, 0x80})
    void refusesReservedBitsAndOpcodes(int first) {
        assertBreach(
                read(socket -> RawServer.write(socket, RawServer.frame(first, Buffer.buffer("x")))), Reason.PROTOCOL);
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

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999, 5000, 65535})
    void keepsTheCodeOfAClose(int code) {
        CheckReport report = read(socket -> RawServer.write(
                socket,
                RawServer.frame(0x88, Buffer.buffer().appendUnsignedShort(code).appendString("bye"))));
        assertBreach(report, Reason.CLOSED);
        assertThat(report.read().evidence()).isEqualTo(code + " bye");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999})
    void refusesACodeThatMayNotBeSent(int code) {
        assertBreach(
                read(socket -> RawServer.write(
                        socket, RawServer.frame(0x88, Buffer.buffer().appendUnsignedShort(code)))),
                Reason.PROTOCOL);
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
