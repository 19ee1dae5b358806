package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
    private static final String ID = "a".repeat(64);
    private static final String SIG = "b".repeat(128);
    private static final String GOOD = "{\"id\":\"" + ID + "\",\"pubkey\":\"" + ID
            + "\",\"created_at\":1700000000,\"kind\":1,\"tags\":[[\"e\",\"x\"],[\"-\"]],\"content\":\"hi\",\"sig\":\""
            + SIG
            + "\"}";

    @Test
    void readsAnEvent() throws ProtocolException {
        assertThat(EventJson.parse(GOOD))
                .isEqualTo(
                        new NostrEvent(ID, ID, 1_700_000_000, 1, List.of(List.of("e", "x"), List.of("-")), "hi", SIG));
    }

    @Test
    void readsBackWhatItWrites() throws ProtocolException {
        EventSigner signer = EventSigner.of(SecretKey.random());
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            NostrEvent event = signer.sign(new EventTemplate(
                    random.nextInt(Integer.MAX_VALUE),
                    random.nextInt(65536),
                    List.of(List.of("d", RandomText.storable(random)), List.of(RandomText.storable(random))),
                    RandomText.storable(random)));
            NostrEvent read = EventJson.parse(EventJson.write(event));
            assertThat(read).isEqualTo(event);
            assertThat(Signatures.verify(read)).isTrue();
        }
    }

    @Test
    void leavesOutFieldsThatItDoesNotKnow() throws ProtocolException {
        assertThat(EventJson.parse(GOOD.replace("{", "{\"ots\":{\"x\":[1]},"))).isEqualTo(EventJson.parse(GOOD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "id":"aaaa          | "id":"AAAA        | the event's id is not 64 lower-case hex digits
            "id":"aaaa          | "id":"aaa         | the event's id is not 64 lower-case hex digits
            "pubkey":"aaaa      | "pubkey":"zaaa    | the event's pubkey is not 64 lower-case hex digits
            "sig":              | "sign":           | the event's sig is not 128 lower-case hex digits
            1700000000          | -1                | the event's created_at is not an integer from 0 to 9007199254740991
            1700000000          | 1.7e9             | the event's created_at is not an integer from 0 to 9007199254740991
            1700000000          | "1700000000"      | the event's created_at is not an integer from 0 to 9007199254740991
            1700000000          | 18446744073709551617 | the event's created_at is not an integer from 0 to 9007199254740991
            "kind":1            | "kind":65536      | the event's kind is not an integer from 0 to 65535
            "kind":1            | "kind":true       | the event's kind is not an integer from 0 to 65535
            "kind":1            | "kind":null       | the event's kind is not an integer from 0 to 65535
            [["e","x"],["-"]]   | {}                | the event's tags are not an array
            ["-"]               | []                | a tag of the event is not an array of at least one string
            ["-"]               | "-"               | a tag of the event is not an array of at least one string
            ["-"]               | [1]               | a value in a tag of the event is not a string
            ["-"]               | [["-"]]           | a value in a tag of the event is not a string
            ["-"]               | ["\\u0000"]       | a value in a tag of the event holds a NUL or half a character
            "hi"                | null              | the event's content is not a string
            "hi"                | "\\u0000"         | the event's content holds a NUL or half a character
            "hi"                | "\\ud83d"         | the event's content holds a NUL or half a character
            "hi"                | "\\udc36\\ud83d"  | the event's content holds a NUL or half a character
            """)
    void saysWhichFieldIsWrong(String right, String wrong, String message) {
        assertThat(GOOD).contains(right);
        assertThatThrownBy(() -> EventJson.parse(GOOD.replace(right, wrong)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(message);
    }

    @Test
    void takesEscapedPairsOfSurrogates() throws ProtocolException {
        assertThat(EventJson.parse(GOOD.replace("\"hi\"", "\"\\ud83d\\udc36\"")).content())
                .isEqualTo("🐶");
    }
}
