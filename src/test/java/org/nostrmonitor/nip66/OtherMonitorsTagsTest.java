package org.nostrmonitor.nip66;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProfileName;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;

class OtherMonitorsTagsTest {
    private static NostrEvent event(List<List<String>> tags) {
        return new NostrEvent("00".repeat(32), "11".repeat(32), 1_700_000_000, 30166, tags, "", "22".repeat(64));
    }

    private static Sighting sighting(List<String> tag) {
        return DiscoveryReader.read(event(List.of(List.of("d", "wss://relay.example"), tag)))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wss://relay.example", "wss://relay.example/", "WSS://Relay.Example:443", "wss://relay.example./"
            })
    void readsOneRelayFromAllWaysToWriteIt(String d) {
        assertThat(DiscoveryReader.read(event(List.of(List.of("d", d))))
                        .orElseThrow()
                        .relay())
                .isEqualTo(RelayUrl.of("wss://relay.example/"));
    }

    @ParameterizedTest
    @CsvSource({"142,142", "1,1", "41.6,42", "600000,600000"})
    void readsTimes(String said, long ms) {
        assertThat(sighting(List.of("rtt-open", said)).open()).isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "NaN", "1e3", "600001", "99999999999999999999999", "٣", "0.2", "12 ms"})
    void readsNoTimeWhereNoneWasMeasured(String said) {
        assertThat(sighting(List.of("rtt-open", said)).open()).isNull();
    }

    @Test
    void keepsTheTimesApart() {
        Sighting sighting = DiscoveryReader.read(event(List.of(
                        List.of("d", "wss://relay.example"),
                        List.of("rtt-write", "3"),
                        List.of("rtt-read", "2"),
                        List.of("rtt-open", "1"))))
                .orElseThrow();

        assertThat(sighting.open()).isEqualTo(Duration.ofMillis(1));
        assertThat(sighting.read()).isEqualTo(Duration.ofMillis(2));
        assertThat(sighting.write()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void readsHowOftenAMonitorLooks() {
        assertThat(AnnouncementReader.frequency(event(List.of(List.of("frequency", "3600")))))
                .contains(Duration.ofHours(1));
        for (String nonsense : List.of("0", "-1", "hourly", "2592001", "99999999999")) {
            assertThat(AnnouncementReader.frequency(event(List.of(List.of("frequency", nonsense)))))
                    .as(nonsense)
                    .isEmpty();
        }
    }

    @Test
    void readsWhereAMonitorIs() {
        List<List<String>> tags = new ArrayList<>();
        tags.add(List.of("g", "u"));
        tags.add(List.of("g", "u33d"));
        tags.add(List.of("g", "de", "countryCode"));
        tags.add(List.of("g", "not a geohash"));
        tags.add(List.of("g"));

        assertThat(AnnouncementReader.geohash(event(tags))).contains("u33d");
        assertThat(AnnouncementReader.geohash(event(List.of()))).isEmpty();
    }

    @Test
    void readsWhatAMonitorCallsItself() {
        assertThat(ProfileName.of("{\"name\":\"  Watcher \"}")).contains("Watcher");
        assertThat(ProfileName.of("{\"name\":\"" + "x".repeat(500) + "\"}").orElseThrow())
                .hasSize(100);
        for (String none :
                List.of("", "{}", "[]", "{\"name\":7}", "{\"name\":\"  \"}", "{".repeat(60_000), " ".repeat(70_000))) {
            assertThat(ProfileName.of(none)).isEmpty();
        }
    }
}
