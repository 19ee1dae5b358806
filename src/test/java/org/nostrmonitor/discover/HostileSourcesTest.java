package org.nostrmonitor.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.discover.DiscoveryLab.RELAY;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.discover.ScriptedSource.Script;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.OtherMonitors.Testimony;

class HostileSourcesTest {
    private static final int PINGS = 40_000;

    @RegisterExtension
    static final DiscoveryLab LAB = new DiscoveryLab();

    private final OtherMonitor other = new OtherMonitor();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private ScriptedSource source(Script script) {
        return ScriptedSource.start(LAB.vertx, script);
    }

    private void readImpatiently(ScriptedSource source) {
        LAB.read("a node", DiscoveryLab.IMPATIENT, Set.of(), source.url());
    }

    @Test
    void goesOnPastForgeriesAndNonsenseToWhatIsTrue() {
        NostrEvent good = other.sees(RELAY, now, "12");
        ScriptedSource source = source((peer, subscription, filter) -> {
            if (subscription.equals("page") && filter.matches(good)) {
                peer.say("nonsense");
                peer.say("[\"EVENT\",\"page\",{\"id\":7}]");
                peer.say(OtherMonitor.message("page", OtherMonitor.forged(new OtherMonitor().sees(RELAY, now))));
                peer.say(OtherMonitor.message("page", OtherMonitor.forged(good)));
                peer.say(OtherMonitor.message("page", new OtherMonitor().sees(RELAY, now.plusSeconds(6_000))));
                peer.say(OtherMonitor.message("something else", good));
            }
            peer.say(new RelayMessage.Eose(subscription));
        });
        LAB.read(source.url());

        assertThat(LAB.sightings(1)).extracting(Sighting::monitor).containsExactly(other.key());
        Testimony end = LAB.testimony(told -> told.until() != null);
        assertThat(end.said()).as("forgers are nobody").hasSize(1);
    }

    @Test
    void leavesWhoNeverAnswersAndTriesAgain() throws Exception {
        ScriptedSource silent = source((peer, subscription, filter) -> {});
        readImpatiently(silent);
        silent.nextConnection();
        silent.nextConnection();
        silent.nextConnection();
    }

    @Test
    void leavesWhoTalksAboutAnythingButWhatItWasAskedFor() throws Exception {
        ScriptedSource chatty = source((peer, subscription, filter) -> {
            if (subscription.equals("live")) {
                LAB.vertx.setPeriodic(20, timer -> peer.say(new RelayMessage.Notice("wait")));
            }
        });
        readImpatiently(chatty);
        chatty.nextConnection();
        chatty.nextConnection();
    }

    @Test
    void leavesWhoRefusesAndTriesAgain() throws Exception {
        ScriptedSource refusing = source((peer, subscription, filter) ->
                peer.say(new RelayMessage.Closed(subscription, "auth-required: who are you")));
        LAB.read(refusing.url());
        refusing.nextConnection();
        refusing.nextConnection();
    }

    @Test
    void doesNotMindBeingRefusedNames() {
        NostrEvent event = other.sees(RELAY, now);
        ScriptedSource source = source((peer, subscription, filter) -> {
            if (filter.kinds().contains(0)) {
                peer.say(new RelayMessage.Closed(subscription, "blocked: no names"));
            } else {
                ScriptedSource.stored(List.of(event), 9).asked(peer, subscription, filter);
            }
        });
        LAB.read(source.url());
        LAB.testimony(told -> told.until() != null);

        assertThat(LAB.sightings(1)).hasSize(1);
    }

    @Test
    void endsWithARelayThatSaysThatThereIsEverMore() {
        ScriptedSource endless = source((peer, subscription, filter) -> {
            if (subscription.equals("page")) {
                Long until = filter.until();
                Instant at = Instant.ofEpochSecond(until == null ? 0 : until - 7_200);
                peer.say(OtherMonitor.message("page", other.sees("wss://never.example/", at)));
            }
            peer.say(new RelayMessage.Eose(subscription));
        });
        LAB.read(endless.url());

        LAB.testimony(told -> told.until() != null);
        assertThat(endless.asked("page")).hasSizeBetween(12, 15);
    }

    /** It is not cut off: what it sends waits in its own socket until there is time. */
    @Test
    void takesAFloodAtItsOwnPaceAndLosesNothing() {
        String[] relays = IntStream.range(0, 300)
                .mapToObj(i -> "wss://f" + i + ".example/")
                .toArray(String[]::new);
        LAB.know(relays);
        List<NostrEvent> events = IntStream.range(0, 300)
                .mapToObj(i -> other.sees(relays[i], now.minusSeconds(i)))
                .toList();
        ScriptedSource flood = source(ScriptedSource.stored(events, 1_000));
        long start = System.nanoTime();
        LAB.read("a node", DiscoveryLab.pace(Duration.ofSeconds(20), 1_000, 120), Set.of(), flood.url());
        LAB.awaitKept(300);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("300 events, 240 of them at once")
                .isGreaterThan(Duration.ofMillis(450));
    }

    @Test
    void leavesWhoSendsMoreThanAMessageMayBe() throws Exception {
        ScriptedSource large = source((peer, subscription, filter) -> peer.say("x".repeat((1 << 20) + 1)));
        LAB.read(large.url());
        large.nextConnection();
        large.nextConnection();
    }

    @Test
    void takesAMessageOfAlmostAMebibyte() {
        NostrEvent large = other.says(30166, now, List.of(List.of("d", RELAY)), "x".repeat(1_000_000));
        ScriptedSource source = source(ScriptedSource.stored(List.of(large), 9));
        LAB.read(source.url());

        assertThat(LAB.sightings(1)).hasSize(1);
    }

    @Test
    void leavesWhoFloodsItWithPings() throws Exception {
        ScriptedSource pinging = source((peer, subscription, filter) -> {
            if (subscription.equals("live")) {
                IntStream.range(0, PINGS)
                        .forEach(i -> peer.socket()
                                .writePing(Buffer.buffer("x".repeat(125)))
                                .onFailure(gone -> {}));
            }
            peer.say(new RelayMessage.Eose(subscription));
        });
        LAB.read(pinging.url());
        pinging.nextConnection();
        pinging.nextConnection();
    }

    @Test
    void letsTwoHundredInventedMonitorsTakeSixtyFourSeats() {
        List<NostrEvent> events = IntStream.range(0, 200)
                .mapToObj(i -> new OtherMonitor().sees(RELAY, now.minusSeconds(i)))
                .toList();
        ScriptedSource source = source(ScriptedSource.stored(events, 1_000));
        LAB.read(source.url());
        LAB.awaitCount(Verdict.CROWDED, 200 - Roster.SEATS);

        assertThat(LAB.sightings(Roster.SEATS)).hasSize(Roster.SEATS);
    }
}
