package org.nostrmonitor.relayserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relayserver.RelayLab.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.nostr.NostrEvent;

/** Clients that take more than they need, or send what no client sends. Whatever they do, the next one is served. */
class HostileClientsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    static final RelayLab LAB = new RelayLab();

    @BeforeEach
    void serve() {
        serve(RelayLab.LIMITS.atOnce(), LONG, LONG);
    }

    private static void serve(int atOnce, Duration stall, Duration ping) {
        LAB.serve(RelayLab.limits(5, atOnce, stall, ping, LONG, LONG));
    }

    @AfterEach
    void othersAreServed() throws IOException {
        RawClient other = LAB.client(9);
        other.say("[\"COUNT\",\"x\",{}]");
        assertThat(other.hear()).startsWith("[\"COUNT\",\"x\",");
    }

    @Test
    void textThatIsNoUtf8EndsTheTalk() throws IOException {
        RawClient client = LAB.client();
        client.frame(RawClient.TEXT, true, new byte[] {'[', '"', (byte) 0xc3, (byte) 0x28, '"', ']'});
        assertThat(client.end()).isEqualTo("close 1007");
    }

    @Test
    void binaryFramesEndTheTalk() throws IOException {
        assertThat(LAB.client().frame(RawClient.BINARY, true, new byte[10]).end())
                .isEqualTo("close 1003");
    }

    @Test
    void aMessageThatIsTooLongEndsTheTalkInOneFrameOrInMany() throws IOException {
        byte[] most = ("[\"COUNT\",\"x\",{" + " ".repeat(65_536 - 16) + "}]").getBytes(StandardCharsets.US_ASCII);
        assertThat(most).hasSize(65_536);
        assertThat(LAB.client().frame(RawClient.TEXT, true, most).hear()).startsWith("[\"COUNT\"");
        assertThat(LAB.client().frame(RawClient.TEXT, true, new byte[65_537]).end())
                .isIn("close 1009", "cut");
        RawClient parts = LAB.client().frame(RawClient.TEXT, false, new byte[40_000]);
        assertThat(parts.frame(RawClient.CONTINUATION, true, new byte[40_000]).end())
                .isEqualTo("close 1009");
    }

    @Test
    void aFrameThatClaimsAGigabyteIsRefusedBeforeItComes() throws IOException {
        RawClient client = LAB.client();
        client.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0});
        assertThat(client.end()).isIn("close 1009", "cut");
    }

    @ParameterizedTest
    @CsvSource({
        "reserved bits, 0xc1, 0x80",
        "no mask, 0x81, 0x00",
        "an unknown opcode, 0x83, 0x80",
        "a long ping, 0x89, 0xfe"
    })
    void framesThatBreakTheRulesEndTheTalk(String what, String first, String second) throws IOException {
        RawClient client = LAB.client();
        client.write(new byte[] {
            Integer.decode(first).byteValue(), Integer.decode(second).byteValue(), 0, 0, 0, 0
        });
        client.write(new byte[200]);
        assertThat(client.end()).as(what).isIn("close 1002", "cut");
    }

    @ParameterizedTest
    @CsvSource({"ping, 9, true", "pong, 10, true", "an endless message, 0, false", "CLOSE, 1, true"})
    void aFloodEndsTheTalk(String what, int opcode, boolean fin) throws IOException {
        RawClient client = LAB.client();
        byte[] payload =
                opcode == RawClient.TEXT ? "[\"CLOSE\",\"x\"]".getBytes(StandardCharsets.US_ASCII) : new byte[0];
        if (opcode == RawClient.CONTINUATION) {
            client.frame(RawClient.TEXT, false, payload);
        }
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            flood.writeBytes(RawClient.bytes(opcode, fin, payload));
        }
        try {
            client.write(flood.toByteArray());
        } catch (SocketException reset) {
            // It was closed before all was written.
        }
        assertThat(client.end()).as(what).isIn("close 1008", "cut");
        RelayLab.until(() -> LAB.figure("monitor.relay.connections") == 0, "it is gone");
    }

    @Test
    void deepJsonAndLongNumbersAreOnlyNotUnderstood() throws IOException {
        RawClient client = LAB.client();
        client.say("[".repeat(30_000));
        assertThat(client.hear()).startsWith("[\"NOTICE\",\"invalid: JSON deeper than 32");
        client.say("[\"REQ\",\"a\",{\"limit\":" + "9".repeat(60_000) + "}]");
        assertThat(client.hear()).startsWith("[\"NOTICE\",\"invalid: JSON deeper than 32 or with an overlong number");
    }

    @Test
    void moreValuesThanAFilterMayHaveAreRefused() throws IOException {
        String kinds = IntStream.range(0, 1_001).mapToObj(String::valueOf).collect(Collectors.joining(","));
        RawClient client = LAB.client().say("[\"REQ\",\"a\",{\"kinds\":[" + kinds + "]}]");
        assertThat(client.hear()).isEqualTo("[\"CLOSED\",\"a\",\"restricted: more than 1000 values in one filter\"]");
    }

    @Test
    void ofTenThousandSubscriptionsTwentyAreServed() throws IOException {
        serve(100_000, LONG, LONG);
        RawClient client = LAB.client();
        for (int i = 0; i < 10_000; i++) {
            client.say("[\"REQ\",\"s" + i + "\",{}]");
            if (i >= 20) {
                assertThat(client.hearTo("[\"CLOSED\"").get(0)).matches("\\[\"(EOSE|CLOSED)\".*");
            }
        }
        assertThat(LAB.figure("monitor.relay.subscriptions")).isEqualTo(20);
        assertThat(LAB.figure("monitor.relay.refused", "what", "subscriptions")).isEqualTo(9_980);
    }

    @Test
    void whoIsTooFastIsToldSoAndKeepsWhatItHas() throws IOException {
        RawClient client = LAB.client();
        for (int i = 0; i < 100; i++) {
            client.say("[\"COUNT\",\"c" + i + "\",{}]");
        }
        List<String> heard = IntStream.range(0, 100)
                .mapToObj(i -> {
                    try {
                        return client.hear();
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .toList();
        assertThat(heard).anyMatch(answer -> answer.contains("\"rate-limited: slow down\""));
        assertThat(heard).anyMatch(answer -> answer.startsWith("[\"COUNT\",\"c0\""));
        assertThat(LAB.figure("monitor.relay.connections")).isEqualTo(1);
    }

    @Test
    void whoDoesNotReadIsDropped() throws IOException {
        serve(RelayLab.LIMITS.atOnce(), Duration.ofMillis(300), LONG);
        LAB.store(IntStream.range(0, 400)
                .mapToObj(i -> event(i, i, List.of(), "x".repeat(40_000)))
                .toArray(NostrEvent[]::new));
        RawClient client = slow();
        client.say("[\"REQ\",\"a\",{}]");

        RelayLab.until(() -> LAB.figure("monitor.relay.sent.away", "why", "slow") == 1, "it is dropped");
        RelayLab.until(() -> LAB.figure("monitor.relay.connections") == 0, "it is gone");
        assertThat(LAB.figure("monitor.relay.events.sent", "when", "stored")).isLessThan(400);
        assertThat(LAB.figure("monitor.relay.subscriptions")).isZero();
    }

    private static RawClient slow() throws IOException {
        RawClient client = new RawClient(LAB.port(), 1, 4096, RawClient.UPGRADE);
        LAB.opened(client);
        return client;
    }

    @Test
    void whoDoesNotAnswerAPingIsDroppedAlsoWithHalfAFrame() throws IOException {
        serve(RelayLab.LIMITS.atOnce(), LONG, Duration.ofMillis(200));
        RawClient silent = LAB.client();
        RawClient half = LAB.client();
        half.write(new byte[] {(byte) 0x81, (byte) 0x85, 0, 0});

        RelayLab.until(() -> LAB.figure("monitor.relay.sent.away", "why", "silent") == 2, "both are dropped");
        assertThat(silent.status()).isEqualTo(101);
    }

    @Test
    void oneSiteHasOnlySoManyConnections() throws IOException {
        LAB.serve(RelayLab.limits(5, 60, LONG, LONG, LONG, LONG), List.of("127.0.0.1/32"), LAB.events());
        for (int i = 0; i < 5; i++) {
            assertThat(LAB.client(2).status()).isEqualTo(101);
        }
        assertThat(LAB.client(2).status()).isEqualTo(503);
        assertThat(LAB.client(3).status()).isEqualTo(101);
        assertThat(LAB.client(1).status()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "no key, 'Upgrade: websocket\\nConnection: Upgrade\\nSec-WebSocket-Version: 13', 400",
        "an old version, 'Upgrade: websocket\\nConnection: Upgrade\\nSec-WebSocket-Version: 5\\nSec-WebSocket-Key: x', 426",
        "no connection, 'Upgrade: websocket', 400"
    })
    void upgradesThatAreNoneAreRefused(String what, String headers, int status) throws IOException {
        RawClient client = new RawClient(LAB.port(), 1, 0, headers.replace("\\n", "\r\n") + "\r\n");
        LAB.opened(client);
        assertThat(client.status()).as(what).isEqualTo(status);
    }
}
