package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Peers that break RFC 6455, or say more than a probe listens to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFramesTest {
    private static final Buffer KIBIBYTE = Buffer.buffer("x".repeat(1_024));

    private final Assault assault = new Assault();

    @AfterAll
    void close() {
        assault.close();
    }

    @Test
    void endlessContinuationFrames() {
        assertRead(
                socket -> {
                    RawServer.write(socket, RawServer.frame(0x01, KIBIBYTE));
                    RawServer.forever(socket, RawServer.frame(0x00, KIBIBYTE));
                },
                Reason.TOO_LARGE,
                "a message of more than");
    }

    @Test
    void endlessEmptyContinuationFrames() {
        assertRead(
                socket -> {
                    RawServer.write(socket, RawServer.frame(0x01, Buffer.buffer()));
                    RawServer.forever(socket, RawServer.frame(0x00, Buffer.buffer()));
                },
                Reason.TOO_LARGE,
                "frames");
    }

    @Test
    void aHeaderThatClaimsOneGigabyte() {
        Buffer header =
                Buffer.buffer().appendByte((byte) 0x81).appendByte((byte) 127).appendLong(1L << 30);
        assertRead(
                socket -> {
                    RawServer.write(socket, header.copy());
                    RawServer.forever(socket, KIBIBYTE);
                },
                Reason.TOO_LARGE,
                "frame length");
    }

    /** Each within what a message may have, so that it is their sum that is too much. */
    @Test
    void aFloodOfBinaryFrames() {
        Buffer frame = RawServer.frame(0x82, Buffer.buffer("x".repeat(16_000)));
        assertRead(socket -> RawServer.forever(socket, frame), Reason.TOO_LARGE, "more than 1048576 bytes");
    }

    @Test
    void reservedBitsSet() {
        Buffer compressed = RawServer.frame(0xc1, Buffer.buffer("x"));
        assertRead(socket -> RawServer.write(socket, compressed), Reason.PROTOCOL, "RSV");
    }

    @Test
    void aMaskedServerFrame() {
        Buffer masked = Buffer.buffer(new byte[] {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5});
        assertRead(socket -> RawServer.write(socket, masked.copy()), Reason.PROTOCOL, "mask");
    }

    @Test
    void aMillionPingsFromAPeerThatDoesNotRead() {
        Buffer pings = Buffer.buffer();
        for (int i = 0; i < 100; i++) {
            pings.appendBuffer(RawServer.frame(0x89, Buffer.buffer("x".repeat(125))));
        }
        assertRead(
                socket -> {
                    socket.pause();
                    RawServer.forever(socket, pings);
                },
                Reason.TOO_LARGE,
                "more than 10 control frames");
    }

    @Test
    void invalidUtf8() {
        Buffer broken = Buffer.buffer(new byte[] {'[', '"', (byte) 0xff, '"', ']'});
        assertRead(socket -> RawServer.write(socket, RawServer.frame(0x81, broken)), Reason.PROTOCOL, "not UTF-8");
    }

    /** The first half of a pair, written as three bytes: Java could hold it, UTF-8 cannot. */
    @Test
    void aLoneSurrogateInUtf8() {
        Buffer half = Buffer.buffer(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
        assertRead(socket -> RawServer.write(socket, RawServer.frame(0x81, half)), Reason.PROTOCOL, "not UTF-8");
    }

    private void assertRead(Consumer<NetSocket> script, Reason reason, String detail) {
        RawServer peer = RawServer.upgrading(assault.world, socket -> {
            socket.handler(goodbye -> {});
            script.accept(socket);
        });
        CheckReport report = assault.atOnce(peer, peer.ws(), READ);
        assertThat(report.open()).isEqualTo(new Passed());
        assertFailed(report, reason, detail);
    }

    static void assertFailed(CheckReport report, Reason reason, String detail) {
        assertThat(report.read()).isInstanceOf(Failed.class);
        assertThat(((Failed) report.read()).stage()).isEqualTo(Stage.READ);
        assertThat(report.read().reason()).as(report.read().toString()).isEqualTo(reason);
        assertThat(report.read().evidence()).contains(detail);
    }
}
