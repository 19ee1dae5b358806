package org.nostrmonitor.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.discover.DiscoveryLab.KNOWN;
import static org.nostrmonitor.discover.DiscoveryLab.RELAY;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.simulator.TargetRelay;
import org.nostrmonitor.storage.OtherMonitors.Said;
import org.nostrmonitor.testing.Await;

class DiscoveryTest {
    @RegisterExtension
    static final DiscoveryLab LAB = new DiscoveryLab();

    private final OtherMonitor other = new OtherMonitor();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private static TargetRelay target() {
        return Await.await(TargetRelay.start(LAB.vertx, 0, InstantSource.system()));
    }

    /** The client is kept in a variable: one that nobody knows any more is closed. */
    private static void publish(TargetRelay target, NostrEvent... events) {
        WebSocketClient client = LAB.vertx.createWebSocketClient();
        WebSocket socket =
                Await.await(client.connect(target.url().port(), target.url().host(), "/"));
        for (NostrEvent event : events) {
            Await.await(socket.writeTextMessage(new ClientMessage.Event(event).toJson()));
            Await.await(target.await(event::equals, Duration.ofSeconds(10)));
        }
        Await.await(client.close());
    }

    @Test
    void readsWhatWasPublishedBeforeAndWhatIsPublishedFromThenOn() {
        TargetRelay target = target();
        OtherMonitor second = new OtherMonitor();
        publish(target, other.sees("wss://relay.example", now.minusSeconds(600), "42"));
        LAB.read(target.url());
        LAB.sightings(1);
        publish(target, second.sees(RELAY, now, "7"));

        assertThat(LAB.sightings(2))
                .containsExactlyInAnyOrder(
                        new Sighting(other.key(), KNOWN, now.minusSeconds(600), Duration.ofMillis(42), null, null),
                        new Sighting(second.key(), KNOWN, now, Duration.ofMillis(7), null, null));
    }

    @Test
    void replacesWhatAMonitorSaidBefore() {
        TargetRelay target = target();
        publish(target, other.sees(RELAY, now.minusSeconds(600), "42"));
        LAB.read(target.url());
        LAB.sightings(1);
        publish(target, other.sees(RELAY, now, "43"));

        LAB.testimony(told -> DiscoveryLab.sightings(told).stream()
                .anyMatch(sighting -> sighting.at().equals(now)));
        assertThat(LAB.sightings(1)).hasSize(1);
    }

    @Test
    void asksWhoTheMonitorsAreThatItHeard() {
        TargetRelay target = target();
        publish(
                target,
                other.isCalled("Watcher", now.minus(Duration.ofDays(300))),
                other.looksEvery(3600, now.minus(Duration.ofDays(300))),
                new OtherMonitor().looksEvery(60, now),
                other.sees(RELAY, now));
        LAB.read(target.url());

        List<Said> said = LAB.testimony(told -> told.said().stream()
                        .anyMatch(one ->
                                one.monitor().name() != null && one.monitor().frequency() != null))
                .said();
        assertThat(said).as("who only announces itself is nobody").hasSize(1);
        assertThat(said.get(0).monitor().name()).isEqualTo("Watcher");
        assertThat(said.get(0).monitor().frequency()).isEqualTo(Duration.ofHours(1));
        assertThat(said.get(0).monitor().geohash()).isEqualTo("u33");
    }

    @Test
    void doesNotHearItself() {
        TargetRelay target = target();
        OtherMonitor ourselves = new OtherMonitor();
        publish(target, ourselves.sees(RELAY, now), other.sees(RELAY, now));
        LAB.read("a node", DiscoveryLab.PATIENT, Set.of(ourselves.key()), target.url());

        assertThat(LAB.sightings(1)).extracting(Sighting::monitor).containsExactly(other.key());
        LAB.testimony(told -> told.until() != null);
        assertThat(LAB.sightings(1)).hasSize(1);
    }

    @Test
    void readsAllOfARelayThatCapsItsAnswers() {
        String[] relays = IntStream.range(0, 40)
                .mapToObj(i -> "wss://r" + i + ".example/")
                .toArray(String[]::new);
        LAB.know(relays);
        List<NostrEvent> events = IntStream.range(0, 40)
                .mapToObj(i -> other.sees(relays[i], now.minusSeconds(30L * i)))
                .toList();
        ScriptedSource source = ScriptedSource.start(LAB.vertx, ScriptedSource.stored(events, 3));
        LAB.read(source.url());

        LAB.awaitKept(40);
    }

    @Test
    void looksBackADayAtMostAndThenOnlyToWhereItWas() throws Exception {
        ScriptedSource source = ScriptedSource.start(LAB.vertx, ScriptedSource.EMPTY);
        LAB.read(source.url());
        LAB.testimony(told -> told.until() != null);
        source.nextConnection().hangUp();
        source.nextConnection();
        Await.until(() -> Future.succeededFuture(source.asked("page")), asked -> asked.size() == 2);

        assertThat(Instant.ofEpochSecond(
                        Objects.requireNonNull(source.asked("page").get(0).since())))
                .isBetween(
                        now.minus(Duration.ofHours(24)),
                        now.minus(Duration.ofHours(24)).plusSeconds(60));
        assertThat(Instant.ofEpochSecond(
                        Objects.requireNonNull(source.asked("page").get(1).since())))
                .isBetween(
                        now.minus(Duration.ofHours(1)),
                        now.minus(Duration.ofHours(1)).plusSeconds(60));
    }

    @Test
    void tellsUntilWhenAllIsKnown() {
        ScriptedSource source = ScriptedSource.start(LAB.vertx, ScriptedSource.EMPTY);
        LAB.read(source.url());

        Instant first = Objects.requireNonNull(
                LAB.testimony(told -> told.until() != null).until());
        LAB.testimony(told -> told.until() != null && told.until().isAfter(first));
        assertThat(first).isAfterOrEqualTo(now);
    }

    @Test
    void isDoneByOneNodeAtATime() throws Exception {
        ScriptedSource source = ScriptedSource.start(LAB.vertx, ScriptedSource.EMPTY);
        Discovery first = LAB.read("a", DiscoveryLab.PATIENT, Set.of(), source.url());
        source.nextConnection();
        ScriptedSource other = ScriptedSource.start(LAB.vertx, ScriptedSource.EMPTY);
        LAB.read("b", DiscoveryLab.PATIENT, Set.of(), other.url());
        LAB.testimony(told -> told.until() != null);
        assertThat(other.asked("page")).isEmpty();
        Await.await(first.stop());

        other.nextConnection();
    }

    @Test
    void readsTheSameEventFromTwoRelaysOnce() {
        TargetRelay one = target();
        TargetRelay two = target();
        NostrEvent event = other.sees(RELAY, now);
        publish(one, event);
        LAB.read(one.url(), two.url());
        LAB.sightings(1);
        double repeated = LAB.count(Verdict.REPEATED);
        publish(two, event);
        LAB.awaitCount(Verdict.REPEATED, repeated + 1);

        assertThat(LAB.count(Verdict.SIGHTING)).isEqualTo(1);
        assertThat(LAB.sightings(1)).hasSize(1);
    }

    @Test
    void readsTheOthersWhileOneIsAway() {
        TargetRelay target = target();
        publish(target, other.sees(RELAY, now));
        LAB.read(RelayUrl.of("ws://127.0.0.1:2"), target.url());

        assertThat(LAB.sightings(1)).hasSize(1);
    }
}
