package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Nip11Test {
    private static final String KEY = "0123456789abcdef".repeat(4);

    @Test
    void readsAWholeDocument() throws ProtocolException {
        Nip11 document = Nip11.parse("""
                {"name": "A relay", "description": "of ours", "pubkey": "ab", "self": "KEY", "contact": "mailto:a@b.example",
                 "software": "git+https://example.org/relay", "version": "1.0", "icon": "https://example.org/i.png",
                 "supported_nips": [42, 1, 11, 1], "relay_countries": ["DE"], "language_tags": ["en", "de"],
                 "tags": ["sfw-only"], "retention": [{"kinds": [0, [5, 7]], "time": 3600}, {"kinds": [4], "time": 0}],
                 "limitation": {"auth_required": true, "payment_required": false, "restricted_writes": true,
                    "min_pow_difficulty": 0, "max_message_length": 131072, "max_subscriptions": 20, "max_limit": 500,
                    "created_at_lower_limit": 94608000, "created_at_upper_limit": 300}}
                """.replace("KEY", KEY));
        assertThat(document)
                .isEqualTo(new Nip11(
                        "A relay",
                        "of ours",
                        "ab",
                        KEY,
                        "mailto:a@b.example",
                        "git+https://example.org/relay",
                        "1.0",
                        "https://example.org/i.png",
                        List.of(1, 11, 42),
                        List.of("DE"),
                        List.of("en", "de"),
                        List.of("sfw-only"),
                        List.of(
                                new Nip11.AcceptedKinds(0, 0, true),
                                new Nip11.AcceptedKinds(5, 7, true),
                                new Nip11.AcceptedKinds(4, 4, false)),
                        new Nip11.Limitation(true, false, true, 0, 131072, 20, 500, 94608000L, 300L)));
    }

    @Test
    void knowsNothingFromAnEmptyDocument() throws ProtocolException {
        Nip11 document = Nip11.parse("{}");
        assertThat(document.name()).isNull();
        assertThat(document.supportedNips()).isEmpty();
        assertThat(document.retentionKinds()).isEmpty();
        assertThat(document.limitation()).isEqualTo(Nip11.Limitation.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "7", "-1.5", "true", "\"text\"", "[]", "{}", "[[[]]]", "[null]", "{\"a\":[1]}", "1e400"})
    void dropsFieldsOfTheWrongTypeButNotTheDocument(String value) throws ProtocolException {
        String[] fields =
                ("name description pubkey contact software version icon supported_nips relay_countries language_tags tags"
                                + " retention limitation")
                        .split(" ", -1);
        for (String field : fields) {
            Nip11 document = Nip11.parse("{\"" + field + "\":" + value + ",\"posting_policy\":1}");
            assertThat(document.limitation()).isEqualTo(Nip11.Limitation.NONE);
            assertThat(document.retentionKinds()).isEmpty();
        }
        Nip11 limits = Nip11.parse("{\"name\":\"x\",\"limitation\":{\"auth_required\":\"yes\",\"max_limit\":[" + value
                + "],\"min_pow_difficulty\":-1,\"payment_required\":1,\"created_at_lower_limit\":1e400}}");
        assertThat(limits.limitation()).isEqualTo(Nip11.Limitation.NONE);
        assertThat(limits.name()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [11, "1", " 42 "]          | 1 11 42
            "11"                       | 11
            11                         | 11
            [1.0, 1e0, 1.5]            | ``
            ["NIP-11", "5A", "", "-1"] | ``
            [-1, 65535, 65536]         | 65535
            ["99999", "65536"]         | ``
            [99999999999999999999]     | ``
            [null, {}, [1], true]      | ``
            {"1": true}                | ``
            """)
    void takesNumbersAndNumericStringsAsNips(String nips, String expected) throws ProtocolException {
        assertThat(Nip11.parse("{\"supported_nips\":" + nips + "}").supportedNips().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void boundsListsAndStrings() throws ProtocolException {
        String numbers = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String words = IntStream.range(0, 10_000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
        Nip11 document = Nip11.parse("{\"name\":\"" + "n".repeat(1_000_000) + "\",\"supported_nips\":[" + numbers
                + "],\"tags\":[" + words + "],\"retention\":[{\"kinds\":[" + numbers + "]}]}");
        assertThat(document.name()).hasSize(1000);
        assertThat(document.supportedNips()).hasSize(500);
        assertThat(document.tags()).hasSize(100);
        assertThat(document.retentionKinds()).hasSize(100);
    }

    @Test
    void holdsNothingThatPostgresCannotStore() throws ProtocolException {
        Nip11 document = Nip11.parse("{\"name\":\"a\\u0000b\\udc00c\\ud83d\\udc36\",\"tags\":[\"\\ud800\"],"
                + "\"description\":\"" + "x".repeat(999) + "🐶\"}");
        assertThat(document.name()).isEqualTo("a\ufffdb\ufffdc🐶");
        assertThat(document.tags()).containsExactly("\ufffd");
        assertThat(document.description()).isEqualTo("x".repeat(999));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "7", "\"x\"", "<html>", "{", "{} {}", "{\"name\":\"a\0\"}", "{'name':'a'}"})
    void refusesWhatIsNoJsonObject(String text) {
        assertThatThrownBy(() -> Nip11.parse(text)).isInstanceOf(ProtocolException.class);
    }
}
