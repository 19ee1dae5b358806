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

class MonitorAnnouncementTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @Test
    void announcesItsCadenceChecksAndPlace() {
        EventTemplate event = announcement("u33d").template(NOW);
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
                                List.of("c", "dns"),
                                List.of("c", "ssl"),
                                List.of("c", "write"),
                                List.of("c", "nip11"),
                                List.of("c", "geo"),
                                List.of("g", "u33d"),
                                List.of("g", "u33"),
                                List.of("g", "u3"),
                                List.of("g", "u")),
                        ""));
    }

    @Test
    void keepsItsPlaceToItselfUnlessTold() {
        assertThat(announcement(null).template(NOW).tags())
                .noneMatch(tag -> tag.get(0).equals("g"));
    }

    @Test
    void namesOnlyTheChecksThatAreMade() {
        MonitorAnnouncement reader = new MonitorAnnouncement(
                Duration.ofMinutes(15), Map.of(CheckType.READ, Duration.ofSeconds(1)), false, null);
        assertThat(reader.template(NOW).tags())
                .containsExactly(
                        List.of("frequency", "900"),
                        List.of("timeout", "read", "1000"),
                        List.of("c", "read"),
                        List.of("c", "auth"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "u33l", "U33D", "u33d u", "u33d567890"})
    void refusesWhatIsNoGeohash(String geohash) {
        assertThatIllegalArgumentException().isThrownBy(() -> announcement(geohash));
    }

    @Test
    void refusesAFrequencyThatWouldBeZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MonitorAnnouncement(Duration.ofMillis(999), Map.of(), false, null));
    }

    private static MonitorAnnouncement announcement(@Nullable String geohash) {
        return new MonitorAnnouncement(
                Duration.ofMinutes(15),
                Map.of(
                        CheckType.NIP11, Duration.ofMillis(100),
                        CheckType.OPEN, Duration.ofSeconds(10),
                        CheckType.WRITE, Duration.ofMillis(2500)),
                true,
                geohash);
    }
}
