package org.nostrmonitor.nip66;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;

class MonitorAnnouncementTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @Test
    void announcesItsCadenceChecksAndPlace() {
        EventTemplate event = announcement("u33d", List.of()).monitor(NOW);
        assertThat(event)
                .isEqualTo(new EventTemplate(
                        1_700_000_000,
                        10166,
                        List.of(
                                List.of("frequency", "900"),
                                List.of("timeout", "open", "10000"),
                                List.of("timeout", "write", "2500"),
                                List.of("timeout", "nip11", "100"),
                                List.of("c", "open"),
                                List.of("c", "write"),
                                List.of("c", "nip11"),
                                List.of("g", "u33d"),
                                List.of("g", "u33"),
                                List.of("g", "u3"),
                                List.of("g", "u")),
                        ""));
    }

    @Test
    void keepsItsPlaceToItselfUnlessTold() {
        assertThat(announcement(null, List.of()).monitor(NOW).tags())
                .noneMatch(tag -> tag.get(0).equals("g"));
    }

    @Test
    void introducesItselfAsABot() {
        assertThat(announcement(null, List.of()).profile(NOW))
                .isEqualTo(new EventTemplate(
                        1_700_000_000,
                        0,
                        List.of(),
                        "{\"name\":\"A \\\"monitor\\\"\",\"about\":\"watches relays\",\"bot\":true}"));
    }

    @Test
    void leavesABlankTextOutOfItsProfile() {
        MonitorAnnouncement quiet =
                new MonitorAnnouncement(Duration.ofMinutes(15), Map.of(), null, "Nostr Monitor", " ", List.of());
        assertThat(quiet.profile(NOW).content()).isEqualTo("{\"name\":\"Nostr Monitor\",\"bot\":true}");
    }

    @Test
    void listsTheRelaysThatItWritesTo() {
        List<RelayUrl> relays = List.of(RelayUrl.of("wss://b.example"), RelayUrl.of("wss://a.example/x"));
        assertThat(announcement(null, relays).relayList(NOW))
                .isEqualTo(new EventTemplate(
                        1_700_000_000,
                        10002,
                        List.of(List.of("r", "wss://b.example/", "write"), List.of("r", "wss://a.example/x", "write")),
                        ""));
    }

    @Test
    void publishesNoEmptyRelayList() {
        assertThat(announcement(null, List.of()).templates(NOW))
                .extracting(EventTemplate::kind)
                .containsExactly(10166, 0);
        assertThat(announcement(null, List.of(RelayUrl.of("wss://a.example"))).templates(NOW))
                .extracting(EventTemplate::kind)
                .containsExactly(10166, 0, 10002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "u33l", "U33D", "u33d u", "u33d567890"})
    void refusesWhatIsNoGeohash(String geohash) {
        assertThatIllegalArgumentException().isThrownBy(() -> announcement(geohash, List.of()));
    }

    @Test
    void refusesAFrequencyThatWouldBeZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new MonitorAnnouncement(Duration.ofMillis(999), Map.of(), null, "name", "", List.of()));
    }

    private static MonitorAnnouncement announcement(@Nullable String geohash, List<RelayUrl> relays) {
        return new MonitorAnnouncement(
                Duration.ofMinutes(15),
                Map.of(
                        CheckType.NIP11, Duration.ofMillis(100),
                        CheckType.OPEN, Duration.ofSeconds(10),
                        CheckType.WRITE, Duration.ofMillis(2500)),
                geohash,
                "A \"monitor\"",
                "watches relays",
                relays);
    }
}
