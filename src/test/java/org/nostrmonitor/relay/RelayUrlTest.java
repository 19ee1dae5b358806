package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayUrlTest {
    private static final Path SEEN = Path.of("src/test/resources/relay/relay-urls.txt");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wss://nos.lol                          | wss://nos.lol/
            WSS://Relay.Example                    | wss://relay.example/
            '  wss://nos.lol  '                    | wss://nos.lol/
            wss://nos.lol:443                      | wss://nos.lol/
            wss://nos.lol:0443/                    | wss://nos.lol/
            wss://nos.lol:                         | wss://nos.lol/
            ws://nos.lol:80                        | ws://nos.lol/
            ws://nos.lol:443                       | ws://nos.lol:443/
            wss://nos.lol:80                       | wss://nos.lol:80/
            wss://nos.lol./                        | wss://nos.lol/
            wss://nos.lol.:443                     | wss://nos.lol/
            wss://nos.lol#top                      | wss://nos.lol/
            wss://nos.lol/a#top                    | wss://nos.lol/a
            wss://nos.lol?                         | wss://nos.lol/
            wss://nos.lol?a=1                      | wss://nos.lol/?a=1
            wss://nos.lol/Path/To                  | wss://nos.lol/Path/To
            wss://nos.lol/path/                    | wss://nos.lol/path/
            wss://nos.lol/a/./b/../c               | wss://nos.lol/a/c
            wss://nos.lol/%2e%2E/a                 | wss://nos.lol/a
            wss://nos.lol/../..                    | wss://nos.lol/
            wss://nos.lol/%7euser/%c3%a4           | wss://nos.lol/~user/%C3%A4
            wss://nos.lol/ä                        | wss://nos.lol/%C3%A4
            wss://nos.lol/a%2fb                    | wss://nos.lol/a%2Fb
            wss://nos.lol//a                       | wss://nos.lol//a
            wss://nos.lol/?u=wss://other.example   | wss://nos.lol/?u=wss://other.example
            wss://nos.lol/?a,wss                   | wss://nos.lol/?a,wss
            wss://bücher.example                   | wss://xn--bcher-kva.example/
            wss://BÜCHER.example                   | wss://xn--bcher-kva.example/
            wss://xn--bcher-kva.example            | wss://xn--bcher-kva.example/
            wss://nos。lol                         | wss://nos.lol/
            wss://ΟΔΟΣ.example                     | wss://xn--pxavbq.example/
            wss://οδοσ.example                     | wss://xn--pxavbq.example/
            wss://Ꞌa.example                       | wss://xn--a-x23e.example/
            wss://ꞌa.example                       | wss://xn--a-x23e.example/
            wss://bu\u0308cher.example             | wss://xn--bcher-kva.example/
            wss://xn--strae-oqa.example            | wss://xn--strae-oqa.example/
            wss://my_relay.example                 | wss://my_relay.example/
            wss://_nostr.example                   | wss://_nostr.example/
            wss://localhost:7777                   | wss://localhost:7777/
            ws://127.0.0.1:7777                    | ws://127.0.0.1:7777/
            ws://127.0.0.1./                       | ws://127.0.0.1/
            wss://①②⑦.⓪.⓪.①                 | wss://127.0.0.1/
            ws://[::1]:7777                        | ws://[::1]:7777/
            ws://[0:0:0:0:0:0:0:1]                 | ws://[::1]/
            ws://[2001:DB8:0:0:1:0:0:1]/           | ws://[2001:db8::1:0:0:1]/
            ws://[2001:db8:0:1:1:1:1:1]            | ws://[2001:db8:0:1:1:1:1:1]/
            ws://[::]                              | ws://[::]/
            ws://[1::]                             | ws://[1::]/
            ws://[::ffff:127.0.0.1]                | ws://127.0.0.1/
            ws://[64:ff9b::7f00:1]                 | ws://[64:ff9b::7f00:1]/
            wss://ABC.onion                        | wss://abc.onion/
            """)
    void givesTheSameRelayTheSameKey(String written, String canonical) throws InvalidRelayUrl {
        assertThat(RelayUrl.parse(written).value()).isEqualTo(canonical);
        assertThat(RelayUrl.parse(canonical).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                              | does not begin with wss:// or ws://
            nos.lol                         | does not begin with wss:// or ws://
            https://nos.lol                 | does not begin with wss:// or ws://
            wss:nos.lol                     | does not begin with wss:// or ws://
            javascript:alert(1)//wss://x    | does not begin with wss:// or ws://
            wss://                          | no host
            wss:///path                     | no host
            wss://:443                      | no host
            wss://user@nos.lol              | user info before the host
            wss://user:pw@nos.lol           | user info before the host
            wss://nos.lol@evil.example      | user info before the host
            wss://nos.lol:0                 | the port is not a number from 1 to 65535
            wss://nos.lol:99999             | the port is not a number from 1 to 65535
            wss://nos.lol:123456            | the port is not a number from 1 to 65535
            wss://nos.lol:-1                | the port is not a number from 1 to 65535
            wss://nos.lol:４４３             | the port is not a number from 1 to 65535
            wss://nos.lol:443x              | the port is not a number from 1 to 65535
            wss://nos.lol:22                | port 22 belongs to another protocol
            wss://nos.lol:25                | port 25 belongs to another protocol
            wss://nos.lol:6667              | port 6667 belongs to another protocol
            wss://nos.lol/%00               | an escaped control character
            wss://nos.lol/%0d%0aHost:x      | an escaped control character
            wss://nos.lol/?a=%7F            | an escaped control character
            wss://nos.lol/%                 | a % that no two hex digits follow
            wss://nos.lol/%2                | a % that no two hex digits follow
            wss://nos.lol/%zz               | a % that no two hex digits follow
            wss://nos.lol/%２e              | a % that no two hex digits follow
            'wss://nos.lol /a'              | a space, control character or backslash inside
            wss://nos.lol/a b               | a space, control character or backslash inside
            wss://nos.lol\\evil.example     | a space, control character or backslash inside
            wss://a.example,wss://b.example | a list, not one URL
            wss://a.example/,wss://b        | a URL within a URL
            wss://a.example/,%77ss          | a URL within a URL
            wss://a.example/x:/.//b         | a URL within a URL
            wss://https://x                 | a URL within a URL
            wss://wss://nos.lol             | a URL within a URL
            wss://nos.lol/https://x         | a URL within a URL
            wss://127.1                     | the host ends in a number but is not a dotted IPv4 address
            wss://2130706433                | the host ends in a number but is not a dotted IPv4 address
            wss://0177.0.0.1                | the host ends in a number but is not a dotted IPv4 address
            wss://0x7f.1                    | the host ends in a number but is not a dotted IPv4 address
            wss://0x7f000001                | the host ends in a number but is not a dotted IPv4 address
            wss://127.0.0.0x1               | the host ends in a number but is not a dotted IPv4 address
            wss://relay.1                   | the host ends in a number but is not a dotted IPv4 address
            wss://256.0.0.1                 | an IPv4 address with a part above 255
            wss://nos..lol                  | the host is not a domain name
            wss://.nos.lol                  | the host is not a domain name
            wss://nos.lol..                 | the host is not a domain name
            wss://-nos.lol                  | the host is not a domain name
            wss://nos-.lol                  | the host is not a domain name
            wss://nos%2elol                 | the host is not a domain name
            wss://nos*.lol                  | the host is not a domain name
            wss://straße.example            | the host has a letter that means different names to different programs
            wss://STRAẞE.example            | the host has a letter that means different names to different programs
            wss://οδος.example              | the host has a letter that means different names to different programs
            wss://a\u200db.example          | the host has a letter that means different names to different programs
            wss://[::1                      | the host in brackets is not an IPv6 address
            wss://[127.0.0.1]               | the host in brackets is not an IPv6 address
            wss://[::1%25eth0]              | the host in brackets is not an IPv6 address
            wss://[fe80::1%eth0]            | the host in brackets is not an IPv6 address
            wss://[1:2:3:4:5:6:7]           | the host in brackets is not an IPv6 address
            wss://[nos.lol]                 | the host in brackets is not an IPv6 address
            """)
    void saysWhyItIsNotTheUrlOfARelay(String written, String why) {
        assertThatThrownBy(() -> RelayUrl.parse(written))
                .isInstanceOf(InvalidRelayUrl.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wss://nos.lol/\r\nHost: x", "wss://nos\0.lol", "wss://nos.lol/\u2028a", "wss://nos.lol/\u0085"})
    void takesNoControlCharacters(String written) {
        assertThatThrownBy(() -> RelayUrl.parse(written)).hasMessage("a space, control character or backslash inside");
    }

    @Test
    void takesNoHalfCharacters() {
        assertThatThrownBy(() -> RelayUrl.parse("wss://nos.lol/\ud800")).hasMessage("half a character");
        assertThatThrownBy(() -> RelayUrl.parse("wss://nos.lol/?\udc00x")).hasMessage("half a character");
    }

    @Test
    void showsALookAlikeAsPunycode() throws InvalidRelayUrl {
        assertThat(RelayUrl.parse("wss://dаmus.io").value()).isEqualTo("wss://xn--dmus-53d.io/");
    }

    @Test
    void boundsTheLengthBeforeAndAfterEscaping() {
        assertThatThrownBy(() -> RelayUrl.parse("wss://nos.lol/" + "a".repeat(1_011)))
                .hasMessage("longer than 1024 characters");
        assertThatThrownBy(() -> RelayUrl.parse("wss://nos.lol/" + "ä".repeat(500)))
                .hasMessage("longer than 1024 characters");
        assertThat(RelayUrl.of("wss://nos.lol/" + "a".repeat(1_010)).value()).hasSize(1_024);
        assertThatThrownBy(() -> RelayUrl.parse("wss://" + "a.".repeat(130) + "example"))
                .hasMessage("the host is longer than 253 characters");
    }

    @Test
    void tellsItsParts() {
        RelayUrl relay = RelayUrl.of("ws://[::1]:7777/a?b=c");

        assertThat(relay.secure()).isFalse();
        assertThat(relay.host()).isEqualTo("::1");
        assertThat(relay.port()).isEqualTo(7_777);
        assertThat(relay.target()).isEqualTo("/a?b=c");
        assertThat(relay).hasToString("ws://[::1]:7777/a?b=c").isEqualTo(RelayUrl.of("WS://[0::1]:7777/a?b=c"));
        assertThat(RelayUrl.of("wss://nos.lol").port()).isEqualTo(443);
    }

    @Test
    void ofBlamesWhoKnewBetter() {
        assertThatThrownBy(() -> RelayUrl.of("nos.lol"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nos.lol: does not begin with wss:// or ws://");
    }

    @Test
    void rejectsTwoOfTheRelaysSeenAndMergesThreePairs() throws IOException {
        List<String> rejected = new ArrayList<>();
        Set<RelayUrl> relays = new LinkedHashSet<>();
        int merged = 0;
        for (String line : Files.readAllLines(SEEN)) {
            try {
                merged += relays.add(RelayUrl.parse(line)) ? 0 : 1;
            } catch (InvalidRelayUrl e) {
                rejected.add(line + ": " + e.why());
            }
        }

        assertThat(rejected)
                .containsExactlyInAnyOrder(
                        "wss://100.127.36.484/8:4848: an IPv4 address with a part above 255",
                        "wss://node-ior.webhop.me:6000: port 6000 belongs to another protocol");
        assertThat(merged).isEqualTo(3);
        assertThat(relays).hasSize(8_860);
        assertThat(relays).filteredOn(relay -> relay.network() == Network.TOR).hasSize(935);
    }

    @Test
    void theCanonicalFormOfEveryRelaySeenIsItsOwn() throws Exception {
        for (String line : Files.readAllLines(SEEN)) {
            try {
                assertStable(RelayUrl.parse(line));
            } catch (InvalidRelayUrl e) {
                assertThat(e.why()).isNotEmpty();
            }
        }
    }

    @Test
    void anyTextIsARelayWithAStableKeyOrSaysWhyNot() throws Exception {
        Random random = new Random(66);
        List<String> seen = Files.readAllLines(SEEN);
        int relays = 0;
        for (int i = 0; i < 50_000; i++) {
            String text = mutated(seen.get(random.nextInt(seen.size())), random);
            try {
                assertStable(RelayUrl.parse(text));
                relays++;
            } catch (InvalidRelayUrl e) {
                assertThat(e.why()).isNotEmpty();
            }
        }
        assertThat(relays).isGreaterThan(5_000);
    }

    private static void assertStable(RelayUrl relay) throws InvalidRelayUrl {
        RelayUrl again = RelayUrl.parse(relay.value());
        assertThat(again).isEqualTo(relay);
        assertThat(again.host()).isEqualTo(relay.host());
        assertThat(again.port()).isEqualTo(relay.port());
        assertThat(again.target()).isEqualTo(relay.target());
        assertThat(relay.value()).matches("wss?://[!-~]+");
    }

    private static final String[] PIECES = {
        "/",
        "//",
        ":",
        "://",
        ".",
        "..",
        "/../",
        "/./",
        "%",
        "%2e",
        "%2F",
        "%00",
        "%e4",
        "?",
        "#",
        "@",
        ",",
        ",ws",
        "[",
        "]",
        "::",
        "::1",
        "[::1]",
        "wss://",
        "https:",
        "0x",
        "1",
        "443",
        ":443",
        "_",
        "-",
        "xn--",
        "xn--a",
        "ß",
        "ä",
        "İ",
        "ſ",
        "K",
        "①",
        "。",
        "．",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u0000",
        "\r\n",
        " ",
        "\t",
        "\\",
        "\ud800",
        "\udc00",
        "🤙",
        "א",
        "a\u0301",
        "ﷺ",
        "\uffff",
        "a".repeat(70),
        "é".repeat(300),
        "[fe80::1%1]",
        "~",
        "\"",
        "<",
        "{",
        "|",
        "^",
        "`"
    };

    private static String mutated(String url, Random random) {
        StringBuilder text = new StringBuilder(url);
        for (int i = random.nextInt(4) + 1; i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + random.nextInt(4)));
                case 1 -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    /** Names that are canonical as they stand take a shorter way; upper case takes the long one. */
    @Test
    void readsAPlainNameAsItReadsAnyOther() throws IOException {
        for (String line : Files.readAllLines(SEEN)) {
            String scheme = line.toLowerCase(Locale.ROOT).startsWith("ws://") ? "ws://" : "wss://";
            String rest = line.substring(Math.min(line.length(), scheme.length()));
            String authority = rest.split("[/?#]", 2)[0];
            String loud = scheme + authority.toUpperCase(Locale.ROOT) + rest.substring(authority.length());

            assertThat(canonical(line)).as(line).isEqualTo(canonical(loud));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "1a.example", "a-b.example", "a--b.example", "_a.example", "a_", "0.a"})
    void readsShortAndOddNames(String host) throws InvalidRelayUrl {
        assertThat(RelayUrl.parse("wss://" + host).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a.example", "a-.example", "a..example", ".a", "a.1", "a.0x1f", "xn--a\u00ff.example"})
    void takesNoShortWayAroundARule(String host) {
        assertThat(canonical("wss://" + host)).isEmpty();
    }

    @Test
    void takesALabelOf63CharactersAndNone64() {
        assertThat(canonical("wss://" + "a".repeat(63) + ".example")).isNotEmpty();
        assertThat(canonical("wss://" + "a".repeat(64) + ".example")).isEmpty();
        assertThat(canonical("wss://" + "a.".repeat(126) + "a")).isNotEmpty();
        assertThat(canonical("wss://" + "a.".repeat(126) + "aa")).isEmpty();
    }

    private static String canonical(String url) {
        try {
            return RelayUrl.parse(url).value();
        } catch (InvalidRelayUrl e) {
            return "";
        }
    }
}
