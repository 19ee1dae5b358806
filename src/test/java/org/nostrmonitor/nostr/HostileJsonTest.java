package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever strangers write, reading it gives a value or a {@link ProtocolException}: what is large or deep. What is almost right is
 * left to {@code FuzzTest}.
 */
class HostileJsonTest {
    private interface Parser {
        Object parse(String json) throws ProtocolException;
    }

    static List<Reader> readers() {
        return List.of(
                new Reader("RelayMessage", RelayMessage::parse),
                new Reader("ClientMessage", ClientMessage::parse),
                new Reader("EventJson", EventJson::parse),
                new Reader("Nip11", Nip11::parse));
    }

    record Reader(String name, Parser parser) {
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
