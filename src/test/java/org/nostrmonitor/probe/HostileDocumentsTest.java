package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

/** Relays that work, and whose description is an attack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileDocumentsTest {
    private static final Buffer KIBIBYTE = Buffer.buffer("x".repeat(1_024));

    private static final Buffer BOMB = bomb();

    private final Assault assault = new Assault();

    @AfterAll
    void close() {
        assault.close();
    }

    @Test
    void aDocumentOfAHundredMegabytes() {
        assertCut("200 OK\r\nContent-Length: 104857600\r\n\r\n", KIBIBYTE, "131072 bytes");
    }

    @Test
    void aDocumentInChunksWithoutEnd() {
        assertCut(
                "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                Buffer.buffer("400\r\n").appendBuffer(KIBIBYTE).appendString("\r\n"),
                "131072 bytes");
    }

    @Test
    void aHeaderWithoutEnd() {
        assertCut("200 OK\r\nX: ", KIBIBYTE, "16384 bytes");
    }

    @Test
    void interimResponsesWithoutEnd() {
        assertCut(
                "103 Early Hints\r\n\r\n",
                Buffer.buffer("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(20)),
                "more than 10 interim");
    }

    private void assertCut(String head, Buffer thenForever, String limit) {
        CheckReport report = described(socket -> {
            RawServer.write(socket, Buffer.buffer("HTTP/1.1 " + head));
            RawServer.forever(socket, thenForever);
        });
        assertFailed(report, Reason.TOO_LARGE);
        assertThat(report.nip11().evidence()).contains(limit);
    }

    /** 50 MB of blanks within 50 KB: nothing of it is unpacked, for nothing packed was asked for. */
    @Test
    void aGzipBomb() {
        assertFailed(described(socket -> answer(socket, "Content-Encoding: gzip\r\n", BOMB)), Reason.NOT_JSON);
    }

    private static Buffer bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blanks = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = 0; i < 50; i++) {
                gzip.write(blanks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(packed.toByteArray());
    }

    @Test
    void htmlInsteadOfADocument() {
        assertFailed(described("<!doctype html><html><body>Welcome</body></html>"), Reason.NOT_JSON);
    }

    @Test
    void anArrayInsteadOfADocument() {
        assertFailed(described("[{\"name\":\"relay\"}]"), Reason.NOT_JSON);
    }

    @Test
    void wrongTypesInEveryField() throws Exception {
        Nip11 read = kept("""
                {"name":1,"description":[],"pubkey":{},"self":"x","contact":true,"software":null,"version":1.5,
                 "icon":["x"],"supported_nips":{"a":1},"relay_countries":7,"language_tags":[1,[]],"tags":{},
                 "retention":"x","limitation":[1],"fees":3}
                """);
        assertThat(read.name()).isNull();
        assertThat(read.self()).isNull();
        assertThat(read.supportedNips()).isEmpty();
        assertThat(read.limitation()).isEqualTo(Nip11.Limitation.NONE);
    }

    @Test
    void tenThousandNips() throws Exception {
        String nips =
                IntStream.rangeClosed(1, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(kept("{\"supported_nips\":[" + nips + "]}").supportedNips()).hasSize(500);
    }

    @Test
    void aNameOfOneMegabyte() {
        assertFailed(described("{\"name\":\"" + "x".repeat(1 << 20) + "\"}"), Reason.TOO_LARGE);
    }

    @Test
    void aNameAsLongAsADocumentMayBe() throws Exception {
        assertThat(kept("{\"name\":\"" + "x".repeat(130_000) + "\"}").name()).hasSize(1_000);
    }

    @Test
    void aDocumentDeeperThanAnybodyNeeds() {
        assertFailed(described("{\"a\":" + "[".repeat(60_000) + "]".repeat(60_000) + "}"), Reason.NOT_JSON);
    }

    private Nip11 kept(String document) throws Exception {
        CheckReport report = described(document);
        assertThat(report.nip11()).isEqualTo(new Passed());
        assertThat(report.document()).isEqualTo(document);
        return Nip11.parse(document);
    }

    private CheckReport described(String document) {
        return described(socket -> answer(socket, "", Buffer.buffer(document)));
    }

    private static void answer(NetSocket socket, String header, Buffer body) {
        RawServer.write(
                socket,
                Buffer.buffer("HTTP/1.1 200 OK\r\n" + header + "Content-Length: " + body.length() + "\r\n\r\n")
                        .appendBuffer(body));
    }

    /** The relay reads well: whatever its document is, the probe goes on and the relay is up. */
    private CheckReport described(Consumer<NetSocket> script) {
        RawServer peer = RawServer.describing(assault.world, script);
        CheckReport report = assault.atOnce(peer, peer.ws(), READ, NIP11);
        assertThat(report.read().passed()).isTrue();
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        return report;
    }

    private static void assertFailed(CheckReport report, Reason reason) {
        assertThat(report.nip11()).isInstanceOf(Failed.class);
        assertThat(((Failed) report.nip11()).stage()).isEqualTo(Stage.NIP11);
        assertThat(report.nip11().reason()).as(report.nip11().toString()).isEqualTo(reason);
        assertThat(report.document()).isNull();
    }
}
