package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever strangers write, reading it gives a value or a {@link ProtocolException}. */
class HostileJsonTest {
    private static final int ROUNDS = 5_000;
    private static final NostrEvent EVENT = EventSigner.of(SecretKey.random())
            .sign(new EventTemplate(1_700_000_000, 1, List.of(List.of("e", "x"), List.of("p", "🐶")), "a \"b\"\n"));
    private static final Filter FILTER =
            new Filter(List.of(EVENT.id()), List.of(EVENT.pubkey()), List.of(1), Map.of("e", List.of("x")), 1L, 2L, 3);

    private interface Parser {
        Object parse(String json) throws ProtocolException;
    }

    static List<Reader> readers() {
        return List.of(
                new Reader(
                        "RelayMessage",
                        RelayMessage::parse,
                        List.of(
                                new RelayMessage.Event("s", EVENT).toJson(),
                                new RelayMessage.Ok(EVENT.id(), false, "blocked: x").toJson(),
                                new RelayMessage.Closed("s", "x").toJson())),
                new Reader(
                        "ClientMessage",
                        ClientMessage::parse,
                        List.of(
                                new ClientMessage.Req("s", List.of(FILTER, Filter.ANY)).toJson(),
                                new ClientMessage.Auth(EVENT).toJson())),
                new Reader("EventJson", EventJson::parse, List.of(EventJson.write(EVENT))),
                new Reader(
                        "Nip11",
                        Nip11::parse,
                        List.of("{\"name\":\"a\",\"supported_nips\":[1,\"11\"],\"retention\":[{\"kinds\":[0,[5,7]]}],"
                                + "\"tags\":[\"x\"],\"limitation\":{\"auth_required\":true}}")));
    }

    /** @param good what it can read */
    record Reader(String name, Parser parser, List<String> good) {
        @Override
        public String toString() {
            return name;
        }

        /** Whether it was read; anything but a value or a ProtocolException fails the test. */
        boolean reads(String json) {
            try {
                return parser.parse(json) != null;
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200);
                return false;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void survivesWhatIsAlmostRight(Reader reader) {
        Random random = new Random(1);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String good = reader.good.get(random.nextInt(reader.good.size()));
            assertThat(reader.reads(good)).isTrue();
            read += reader.reads(RandomText.broken(random, good)) ? 1 : 0;
        }
        assertThat(read).isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void survivesNoise(Reader reader) {
        Random random = new Random(2);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            read += reader.reads(RandomText.noise(random)) ? 1 : 0;
        }
        assertThat(read).isLessThan(ROUNDS / 10);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void givesNoEventThatCannotBeStoredOrSentOn(Reader reader) {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            String good = reader.good.get(random.nextInt(reader.good.size()));
            try {
                String printed = String.valueOf(reader.parser.parse(RandomText.broken(random, good)));
                assertThat(PlainText.isStorable(printed)).isTrue();
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void refusesDeepNestingWithoutFallingOver(Reader reader) {
        for (String opening : List.of("[", "{\"a\":", "[\"EVENT\",\"s\",", "{\"retention\":[")) {
            assertThat(reader.reads(opening.repeat(100_000))).isFalse();
        }
        assertThat(reader.reads("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"))
                .isFalse();
    }

    @Test
    void readsJsonUpToADepthOf32() throws ProtocolException {
        assertThat(RelayMessage.parse("[\"HELLO\"," + "[".repeat(31) + "]".repeat(31) + "]"))
                .isEqualTo(new RelayMessage.Other("HELLO"));
        assertThatThrownBy(() -> RelayMessage.parse("[\"COUNT\"," + "[".repeat(32) + "]".repeat(32) + "]"))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void refusesANumberOfAMillionDigits(Reader reader) {
        String number = "1".repeat(1_000_000);
        for (String json : List.of(
                number,
                "{\"limitation\":{\"max_limit\":" + number + "}}",
                "{\"created_at\":" + number + "}",
                "[\"REQ\",\"s\",{\"since\":" + number + "}]",
                "[\"COUNT\",\"s\",{\"count\":0." + number + "}]",
                "[\"COUNT\",\"s\",{\"count\":1e" + number + "}]")) {
            assertThat(reader.reads(json)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void survivesAMillionOfAnything(Reader reader) {
        String names =
                IntStream.range(0, 100_000).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        for (String json : List.of(
                names,
                "[\"EVENT\",\"s\"," + names + "]",
                "[\"REQ\",\"s\"" + ",{}".repeat(100_000) + "]",
                "[\"EOSE\",\"" + "s".repeat(1_000_000) + "\"]",
                "[" + "0,".repeat(1_000_000) + "0]",
                "{\"" + "n".repeat(1_000_000) + "\":0}",
                "\"" + "\\u0000".repeat(200_000),
                " ".repeat(1_000_000))) {
            reader.reads(json);
        }
    }
}
