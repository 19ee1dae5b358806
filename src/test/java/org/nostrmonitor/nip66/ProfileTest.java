package org.nostrmonitor.nip66;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.RelayUrl;

class ProfileTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String KEY = "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e";

    @Test
    void introducesItselfAsABot() {
        assertThat(new Profile("A \"monitor\"", "watches relays", null, null).template(NOW))
                .isEqualTo(new EventTemplate(
                        1_700_000_000,
                        0,
                        List.of(),
                        "{\"name\":\"A \\\"monitor\\\"\",\"about\":\"watches relays\",\"bot\":true}"));
    }

    @Test
    void leavesOutWhatIsNotSaid() {
        assertThat(new Profile("Nostr Monitor", " ", null, null).template(NOW).content())
                .isEqualTo("{\"name\":\"Nostr Monitor\",\"bot\":true}");
    }

    @Test
    void showsAPictureAndHowToReachItsOperator() {
        assertThat(new Profile("M", "", "https://m.example/m.png", "https://m.example/contact")
                        .template(NOW)
                        .content())
                .isEqualTo(
                        "{\"name\":\"M\",\"picture\":\"https://m.example/m.png\","
                                + "\"contact\":\"https://m.example/contact\",\"website\":\"https://m.example/contact\",\"bot\":true}");
        assertThat(new Profile("M", "", null, "mailto:a@m.example")
                        .template(NOW)
                        .content())
                .contains("\"contact\":\"mailto:a@m.example\"")
                .doesNotContain("website");
    }

    @Test
    void pointsAtTheKeyThatTookItsPlace() {
        assertThat(Profile.moved("M", KEY).template(NOW).content())
                .isEqualTo(
                        "{\"name\":\"M (moved)\",\"about\":\"This monitor has moved, and signs with another key now: "
                                + "nostr:npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg\",\"bot\":true}");
    }

    @Test
    void listsTheRelaysThatItWritesTo() {
        List<RelayUrl> relays = List.of(RelayUrl.of("wss://b.example"), RelayUrl.of("wss://a.example/x"));
        assertThat(RelayList.template(relays, NOW))
                .isEqualTo(new EventTemplate(
                        1_700_000_000,
                        10002,
                        List.of(List.of("r", "wss://b.example/", "write"), List.of("r", "wss://a.example/x", "write")),
                        ""));
    }

    @Test
    void asksToForgetAnEventByItsAddress() {
        assertThat(Deletion.ofDiscovery(RelayUrl.of("wss://b.example"), KEY, "not a relay", NOW))
                .isEqualTo(new EventTemplate(
                        1_700_000_000,
                        5,
                        List.of(List.of("a", "30166:" + KEY + ":wss://b.example/"), List.of("k", "30166")),
                        "not a relay"));
        assertThat(Deletion.ofMonitor(KEY, "", NOW).tags())
                .containsExactly(List.of("a", "10166:" + KEY + ":"), List.of("k", "10166"));
    }
}
