package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relay.RelayState.OFFLINE;
import static org.nostrmonitor.relay.RelayState.ONLINE;
import static org.nostrmonitor.relay.RelayState.UNKNOWN;

import org.junit.jupiter.api.Test;

class StripTest {
    private static final int NOW = 2_000_000;
    private static final String DAY = "0".repeat(96);

    @Test
    void movesOnWithTime() {
        Strip strip = Strip.empty(NOW).with(NOW, ONLINE, NOW).with(NOW + 2, OFFLINE, NOW + 2);

        assertThat(strip.newest()).isEqualTo(NOW + 2);
        assertThat(strip.states()).isEqualTo(DAY.substring(3) + "103");
        assertThat(strip.until(NOW + 4).states()).isEqualTo(DAY.substring(5) + "10300");
        assertThat(strip.until(NOW + 200).states()).isEqualTo(DAY);
    }

    @Test
    void takesWhatComesLateIntoItsPlace() {
        Strip strip = Strip.empty(NOW).with(NOW, ONLINE, NOW).with(NOW - 95, OFFLINE, NOW);

        assertThat(strip.states()).isEqualTo("3" + DAY.substring(2) + "1");
        assertThat(strip.with(NOW - 96, ONLINE, NOW)).isEqualTo(strip);
    }

    @Test
    void takesNothingBackForACheckThatFoundNothingOut() {
        Strip strip = Strip.empty(NOW).with(NOW, ONLINE, NOW);

        assertThat(strip.with(NOW, UNKNOWN, NOW)).isEqualTo(strip);
        assertThat(strip.with(NOW + 1, UNKNOWN, NOW + 1).states()).isEqualTo(DAY.substring(2) + "10");
    }

    @Test
    void leavesOutWhatIsOfTheFuture() {
        Strip strip = Strip.empty(NOW).with(NOW, ONLINE, NOW);

        assertThat(strip.with(NOW + 1, OFFLINE, NOW).at(NOW + 1)).isEqualTo(OFFLINE);
        assertThat(strip.with(NOW + 2, OFFLINE, NOW)).isEqualTo(strip);
    }

    @Test
    void forgetsWhatWasEnteredWhileTheClockWasWrong() {
        int wrong = NOW + 50;
        Strip strip = Strip.empty(NOW).with(NOW, ONLINE, NOW).with(wrong, OFFLINE, wrong);

        Strip healed = strip.with(NOW + 1, OFFLINE, NOW + 1);

        assertThat(healed.newest()).isEqualTo(NOW + 1);
        assertThat(healed.states()).isEqualTo(DAY.substring(2) + "13");
    }

    @Test
    void knowsNothingOfOtherDays() {
        Strip strip = Strip.empty(NOW).with(NOW, ONLINE, NOW);

        assertThat(strip.at(NOW + 1)).isEqualTo(UNKNOWN);
        assertThat(strip.at(NOW - 96)).isEqualTo(UNKNOWN);
        assertThat(strip.at(NOW)).isEqualTo(ONLINE);
    }
}
