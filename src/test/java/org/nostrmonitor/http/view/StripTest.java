package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StripTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");

    @Test
    void isOneLineWhenAllIsWell() {
        Strip strip = Strip.of("1".repeat(96), NOW);

        assertThat(strip.paths()).containsExactly(new Strip.Path("on", "M0 14h96"));
        assertThat(strip.label()).isEqualTo("Answered 96 of 96");
    }

    @Test
    void drawsEachStateOnceAndSumsItUp() {
        Strip strip = Strip.of("1".repeat(30) + "22" + "1".repeat(25) + "00" + "1".repeat(26) + "3".repeat(11), NOW);

        assertThat(strip.paths())
                .containsExactly(
                        new Strip.Path("on", "M0 14h30M32 14h25M59 14h26"),
                        new Strip.Path("deg", "M30 11h2"),
                        new Strip.Path("off", "M85 8h11"),
                        new Strip.Path("unk", "M57 15.5h2"));
        assertThat(strip.label()).isEqualTo("Answered 83 of 94; offline 14:00 to now; degraded in 2; not checked in 2");
    }

    @Test
    void countsOutagesThatAreTooManyToName() {
        assertThat(Strip.of("31".repeat(48), NOW).label()).isEqualTo("Answered 48 of 96; offline 48 times");
    }

    @Test
    void saysThatNothingWasMeasured() {
        assertThat(Strip.of("0".repeat(96), NOW).label()).isEqualTo("Not checked in the last day");
    }
}
