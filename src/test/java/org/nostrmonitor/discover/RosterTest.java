package org.nostrmonitor.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.storage.MonitorNotes.Known;

class RosterTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Roster roster = new Roster();

    private static String key(int number) {
        return "%064x".formatted(number);
    }

    private void fill(Instant now) {
        IntStream.range(0, Roster.SEATS).forEach(i -> roster.spoke(key(i), now.minusSeconds(Roster.SEATS - i), now));
    }

    @Test
    void hasASeatForSixtyFour() {
        fill(NOON);

        assertThat(roster.seated()).hasSize(64);
        assertThat(roster.spoke(key(100), NOON, NOON).refused()).isTrue();
        assertThat(roster.has(key(100))).isFalse();
    }

    @Test
    void keepsTheSeatOfWhoGoesOnSpeaking() {
        fill(NOON);
        roster.seated().forEach(roster::announced);
        Instant later = NOON.plus(Duration.ofDays(2));
        fill(later);

        assertThat(roster.spoke(key(100), later, later).refused()).isTrue();
    }

    @Test
    void givesTheSeatOfWhoWasSilentLongestToANewcomerAfterADay() {
        fill(NOON);
        roster.seated().forEach(roster::announced);
        Instant later = NOON.plus(Duration.ofDays(1)).plusSeconds(30);

        assertThat(roster.spoke(key(100), later, later).displaced()).isEqualTo(key(0));
        assertThat(roster.has(key(0))).isFalse();
        assertThat(roster.has(key(100))).isTrue();
    }

    @Test
    void givesTheSeatOfWhoNeverAnnouncedItselfToANewcomerAfterAnHour() {
        fill(NOON);
        roster.seated().stream().filter(key -> !key.equals(key(7))).forEach(roster::announced);
        Instant soon = NOON.plus(Duration.ofMinutes(59));
        Instant later = NOON.plus(Duration.ofMinutes(61));

        assertThat(roster.spoke(key(100), soon, soon).refused()).isTrue();
        assertThat(roster.spoke(key(100), later, later).displaced()).isEqualTo(key(7));
    }

    @Test
    void doesNotKeepASeatForASpeechFromTheFuture() {
        Instant before = NOON.minus(Duration.ofDays(2));
        fill(before);
        roster.seated().forEach(roster::announced);
        roster.spoke(key(0), NOON.plus(Duration.ofDays(9)), before);
        roster.seated().stream().filter(key -> !key.equals(key(0))).forEach(key -> roster.spoke(key, NOON, NOON));

        assertThat(roster.spoke(key(100), NOON, NOON).displaced()).isEqualTo(key(0));
    }

    @Test
    void seatsThoseWhoAnnouncedThemselvesFirstAndThenThoseHeardLast() {
        List<Known> known = IntStream.range(0, 70)
                .mapToObj(i -> new Known(key(i), NOON.plusSeconds(i), i < 3))
                .toList();

        assertThat(roster.seat(known, NOON)).containsExactlyInAnyOrder(key(3), key(4), key(5), key(6), key(7), key(8));
    }

    @Test
    void tellsThatThereAreOthersNow() {
        roster.spoke(key(1), NOON, NOON);
        int before = roster.version();
        roster.spoke(key(1), NOON, NOON);
        assertThat(roster.version()).isEqualTo(before);
        roster.spoke(key(2), NOON, NOON);
        assertThat(roster.version()).isNotEqualTo(before);
    }
}
