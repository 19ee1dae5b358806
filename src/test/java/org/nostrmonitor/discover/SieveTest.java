package org.nostrmonitor.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;

class SieveTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String RELAY = "wss://relay.example/";

    private final OtherMonitor other = new OtherMonitor();
    private final OtherMonitor ourselves = new OtherMonitor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Sieve sieve =
            new Sieve(Set.of(ourselves.key()), InstantSource.fixed(NOW), new DiscoveryFigures(meters));

    private Heard screen(String text) {
        return sieve.screen(List.of(text)).get(0);
    }

    private boolean passes(NostrEvent event) {
        return screen(OtherMonitor.message("live", event)) instanceof Heard.Event heard
                && heard.note().isPresent();
    }

    private double count(Verdict verdict) {
        return meters.get("monitor.discovery.events")
                .tag("verdict", verdict.label())
                .counter()
                .count();
    }

    @Test
    void hearsWhatAnotherMonitorSees() {
        Heard heard = screen(OtherMonitor.message("live", other.sees(RELAY, NOW, "142")));

        assertThat(heard)
                .isEqualTo(new Heard.Event(
                        "live",
                        NOW.getEpochSecond(),
                        Optional.of(new Heard.Seen(new Sighting(
                                other.key(), RelayUrl.of(RELAY), NOW, Duration.ofMillis(142), null, null)))));
        assertThat(count(Verdict.SIGHTING)).isEqualTo(1);
    }

    @Test
    void doesNotCountAKeyOfOurOwnAsAnotherMonitor() {
        assertThat(passes(ourselves.sees(RELAY, NOW))).isFalse();
        assertThat(count(Verdict.OWN)).isEqualTo(1);
    }

    @Test
    void believesNoForgery() {
        NostrEvent good = other.sees(RELAY, NOW);
        NostrEvent changed = new NostrEvent(
                good.id(),
                good.pubkey(),
                good.createdAt(),
                good.kind(),
                List.of(List.of("d", "wss://evil.example/")),
                good.content(),
                good.sig());

        assertThat(passes(OtherMonitor.forged(good))).isFalse();
        assertThat(passes(changed)).isFalse();
        assertThat(count(Verdict.FORGED)).isEqualTo(2);
        assertThat(passes(good)).as("the true one, though forgeries had its id").isTrue();
    }

    @Test
    void believesNothingOfTheFutureAndNothingThatIsOld() {
        assertThat(passes(other.sees(RELAY, NOW.plus(Duration.ofMinutes(10))))).isTrue();
        assertThat(passes(other.sees(RELAY, NOW.plus(Duration.ofMinutes(10)).plusSeconds(1))))
                .isFalse();
        assertThat(passes(other.sees(RELAY, NOW.minus(Duration.ofDays(7))))).isTrue();
        assertThat(passes(other.sees(RELAY, NOW.minus(Duration.ofDays(7)).minusSeconds(1))))
                .isFalse();
    }

    @Test
    void takesAnAnnouncementOfAnyAge() {
        assertThat(passes(other.looksEvery(3600, NOW.minus(Duration.ofDays(900)))))
                .isTrue();
        assertThat(passes(other.isCalled("x", NOW.minus(Duration.ofDays(900))))).isTrue();
    }

    @Test
    void takesWhatItHasJustHeardOnlyOnce() {
        NostrEvent event = other.sees(RELAY, NOW);

        assertThat(passes(event)).isTrue();
        assertThat(passes(event)).isFalse();
        assertThat(count(Verdict.REPEATED)).isEqualTo(1);
    }

    @Test
    void passesOverWhatIsAboutNoRelayOrOfAnotherKind() {
        assertThat(passes(other.sees(other.key(), NOW))).isFalse();
        assertThat(passes(other.sees("https://relay.example", NOW))).isFalse();
        assertThat(passes(other.says(1, NOW, List.of(), "hello"))).isFalse();
        assertThat(passes(other.says(30166, NOW, Collections.nCopies(2_001, List.of("d", RELAY)), "")))
                .isFalse();
    }

    @Test
    void survivesWhatIsNoMessage() {
        for (String text :
                List.of("", "nonsense", "[]", "[\"EVENT\"]", "[\"EVENT\",\"live\",{}]", "[".repeat(50_000))) {
            assertThat(screen(text)).isEqualTo(new Heard.Other());
        }
        assertThat(count(Verdict.UNREADABLE)).isEqualTo(6);
    }
}
