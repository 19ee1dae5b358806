package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.OtherMonitors;
import org.nostrmonitor.storage.OtherMonitors.Testimony;

class MonitorsPanelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RelayUrl RELAY = RelayUrl.of("wss://relay.example/");

    private final List<OtherMonitors.Said> said = new ArrayList<>();

    /** @param ago minutes since it published the relay, or null; {@code heard} since it published anything */
    private Hearing monitor(@Nullable Integer frequency, int heard, @Nullable Integer ago) {
        String key = "%064x".formatted(said.size());
        OtherMonitors.Monitor monitor = new OtherMonitors.Monitor(
                key,
                "Nr. " + said.size(),
                frequency == null ? null : Duration.ofMinutes(frequency),
                null,
                null,
                NOW.minus(Duration.ofDays(9)),
                NOW.minus(Duration.ofMinutes(heard)),
                0,
                0,
                null);
        Sighting sighting = ago == null
                ? null
                : new Sighting(key, RELAY, NOW.minus(Duration.ofMinutes(ago)), Duration.ofMillis(42), null, null);
        OtherMonitors.Said one = new OtherMonitors.Said(monitor, sighting);
        said.add(one);
        return Hearing.of(one, NOW);
    }

    private String sentence() {
        return Objects.requireNonNull(MonitorsPanel.of(new Testimony(NOW, said), NOW))
                .sentence();
    }

    @Test
    void takesWhatWasPublishedWithinTheHourForWhatItSays() {
        assertThat(monitor(15, 1, 59)).isEqualTo(Hearing.RECENT);
        assertThat(monitor(null, 1, 59)).isEqualTo(Hearing.RECENT);
    }

    @Test
    void judgesSilenceByTheMonitorsOwnCadenceAndNoOther() {
        assertThat(monitor(15, 1, 61)).isEqualTo(Hearing.MISSED);
        assertThat(monitor(240, 1, 359)).isEqualTo(Hearing.WITHIN_CADENCE);
        assertThat(monitor(240, 1, 361)).isEqualTo(Hearing.MISSED);
    }

    @Test
    void readsNothingIntoTheSilenceOfWhoDoesNotSayHowOftenItLooks() {
        assertThat(monitor(null, 1, 600)).isEqualTo(Hearing.EARLIER);
    }

    @Test
    void readsNothingIntoTheSilenceOfWhoMayNotKnowTheRelay() {
        assertThat(monitor(15, 1, null)).isEqualTo(Hearing.NEVER);
    }

    @Test
    void readsNothingIntoTheSilenceOfWhoSaysNothingAtAll() {
        assertThat(monitor(15, 61, 61)).isEqualTo(Hearing.SILENT);
        assertThat(monitor(240, 359, 400)).isEqualTo(Hearing.MISSED);
        assertThat(monitor(240, 361, 400)).isEqualTo(Hearing.SILENT);
        assertThat(monitor(null, 61, null)).isEqualTo(Hearing.SILENT);
    }

    @Test
    void addsUpToAllThatSpeak() {
        monitor(15, 1, 5);
        monitor(60, 1, 5);
        monitor(null, 1, 5);
        monitor(15, 1, 90);
        monitor(15, 1_000, 1_000);

        assertThat(sentence())
                .isEqualTo("3 of 4 other monitors published that it was open within the last hour."
                        + " 1 did not publish it within its own cadence.");
    }

    @Test
    void tellsEachKindOfSilenceApart() {
        monitor(240, 1, 100);
        monitor(15, 1, 90);
        monitor(15, 1, 91);
        monitor(null, 1, 90);
        monitor(15, 1, null);

        assertThat(sentence())
                .isEqualTo("0 of 5 other monitors published that it was open within the last hour."
                        + " 1 did so before that, within its own cadence."
                        + " 2 did not publish it within their own cadence."
                        + " 1 did so before that, and does not say how often it looks."
                        + " 1 has not published it as far as we read, and may not know it.");
    }

    @Test
    void saysWhenNobodyIsHeard() {
        assertThat(sentence()).isEqualTo("No other monitor is known.");
        monitor(15, 1_000, 1_000);
        assertThat(sentence()).isEqualTo("No other monitor was heard of late.");
    }

    /** Three hours ago the relay was seen by one, a moment before. */
    @Test
    void judgesByWhenOthersWereLastReadIfTheyAreNotAnyMore() {
        monitor(15, 181, 182);
        Instant until = NOW.minus(Duration.ofHours(3));
        MonitorsPanel panel = Objects.requireNonNull(MonitorsPanel.of(new Testimony(until, said), NOW));

        assertThat(panel.stale()).isEqualTo(When.of(until, NOW).inSentence());
        assertThat(panel.sentence())
                .isEqualTo("1 of 1 other monitor published that it was open within the hour before that.");
    }

    @Test
    void isNotThereWhereOthersAreNotRead() {
        assertThat(MonitorsPanel.of(Testimony.NONE, NOW)).isNull();
    }

    @Test
    void cutsANameThatIsLong() {
        OtherMonitors.Monitor monitor =
                new OtherMonitors.Monitor("ab".repeat(32), "x".repeat(100), null, null, null, NOW, NOW, 0, 0, null);
        said.add(new OtherMonitors.Said(monitor, null));
        MonitorsPanel panel = Objects.requireNonNull(MonitorsPanel.of(new Testimony(NOW, said), NOW));

        assertThat(Objects.requireNonNull(panel.rows().get(0).name()).flat()).isEqualTo("x".repeat(60) + "…");
    }
}
