package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.MonitorNotes.Announced;
import org.nostrmonitor.storage.MonitorNotes.Known;
import org.nostrmonitor.storage.MonitorNotes.Named;
import org.nostrmonitor.storage.OtherMonitors.Monitor;
import org.nostrmonitor.storage.OtherMonitors.Said;
import org.nostrmonitor.storage.OtherMonitors.Testimony;

class PgOtherMonitorsTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String A = "aa".repeat(32);
    private static final String B = "bb".repeat(32);
    private static final RelayUrl RELAY = RelayUrl.of("wss://relay.example/");

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static MonitorNotes notes() {
        return new PgMonitorNotes(STORAGE.database());
    }

    private static Testimony of(RelayUrl relay) {
        return await(new PgOtherMonitors(STORAGE.database()).of(relay));
    }

    private static int store(Sighting... sightings) {
        return await(notes().store(List.of(sightings)));
    }

    private static Sighting seen(String monitor, RelayUrl relay, Instant at, @Nullable Integer open) {
        return new Sighting(monitor, relay, at, open == null ? null : Duration.ofMillis(open), null, null);
    }

    @Test
    void keepsWhatEachMonitorSaidLastOfARelay() {
        STORAGE.know("wss://relay.example/", "wss://other.example/");
        store(seen(A, RELAY, now.minusSeconds(60), 20), seen(B, RELAY, now.minusSeconds(30), null));
        assertThat(store(seen(A, RELAY, now.minusSeconds(10), 21))).isEqualTo(1);

        List<Said> said = of(RELAY).said();

        assertThat(said.stream().map(Said::sighting))
                .containsExactly(seen(A, RELAY, now.minusSeconds(10), 21), seen(B, RELAY, now.minusSeconds(30), null));
        assertThat(of(RelayUrl.of("wss://other.example/")).said().stream().map(Said::sighting))
                .containsExactly(null, null);
    }

    @Test
    void isNotImpressedByWhatIsOlderThanWhatIsKnown() {
        STORAGE.know("wss://relay.example/");
        store(seen(A, RELAY, now, 20));

        assertThat(store(seen(A, RELAY, now.minusSeconds(1), 99))).isZero();
        assertThat(store(seen(A, RELAY, now, 99))).as("the same again").isZero();
        assertThat(of(RELAY).said().get(0).sighting()).isEqualTo(seen(A, RELAY, now, 20));
    }

    @Test
    void keepsNothingOfARelayThatIsNotKnown() {
        assertThat(store(seen(A, RELAY, now, 20))).isZero();

        assertThat(STORAGE.value("SELECT count(*) FROM relays")).isEqualTo("0");
        assertThat(STORAGE.value("SELECT count(*) FROM monitor_views")).isEqualTo("0");
        assertThat(of(RELAY).said()).as("the monitor was heard").hasSize(1);
    }

    @Test
    void neverChangesWhatWeKnowOfARelay() {
        STORAGE.know("wss://relay.example/");
        String before = STORAGE.value("SELECT to_jsonb(s) FROM relay_summary s");
        store(seen(A, RELAY, now, 20), seen(B, RELAY, now, 20));

        assertThat(STORAGE.value("SELECT to_jsonb(s) FROM relay_summary s")).isEqualTo(before);
        assertThat(STORAGE.value("SELECT count(*) FROM relay_current")).isEqualTo("0");
        assertThat(STORAGE.value("SELECT count(*) FROM relay_incidents")).isEqualTo("0");
    }

    @Test
    void remembersHowMonitorsPresentThemselves() {
        store(seen(A, RELAY, now, null));
        await(notes().announce(List.of(
                new Announced(A, now.minusSeconds(9), Duration.ofHours(1), "u33d"),
                new Announced(B, now, Duration.ofHours(1), null))));
        await(notes().announce(List.of(new Announced(A, now.minusSeconds(10), Duration.ofHours(9), null))));
        await(notes().name(List.of(new Named(A, now, "Watcher"))));

        Testimony all = await(new PgOtherMonitors(STORAGE.database()).all());

        assertThat(all.said())
                .as("nobody is known by an announcement alone")
                .containsExactly(new Said(
                        new Monitor(
                                A, "Watcher", Duration.ofHours(1), "u33d", now.minusSeconds(9), now, now, 0, 0, null),
                        null));
        assertThat(await(notes().monitors())).containsExactly(new Known(A, now, true));
    }

    @Test
    void isNeverSeenLaterThanNow() {
        store(seen(A, RELAY, now.plusSeconds(500), null));

        assertThat(await(notes().monitors()).get(0).lastSeen()).isBefore(now.plusSeconds(400));
    }

    @Test
    void countsTheRelaysOfEachMonitor() {
        STORAGE.know("wss://relay.example/", "wss://other.example/");
        store(
                seen(A, RELAY, now, null),
                seen(A, RelayUrl.of("wss://other.example/"), now.minusSeconds(7_200), null),
                seen(B, RelayUrl.of("wss://unknown.example/"), now, null));
        await(notes().count());

        assertThat(STORAGE.value("SELECT array_agg(relays || ' ' || recent ORDER BY pubkey)::text FROM monitors"))
                .isEqualTo("{\"2 1\",\"0 0\"}");
    }

    @Test
    void knowsUntilWhenAllWasRead() {
        assertThat(of(RELAY).until()).isNull();
        await(notes().readUntil(now));
        await(notes().readUntil(now.minusSeconds(5)));

        assertThat(of(RELAY).until()).isEqualTo(now);
        assertThat(await(notes().readUntil())).isEqualTo(now);
    }

    @Test
    void forgetsWhatIsOldWhoIsSilentAndWhoIsToGo() {
        STORAGE.know("wss://relay.example/", "wss://other.example/");
        store(
                seen(A, RELAY, now.minus(Duration.ofDays(8)), null),
                seen(B, RELAY, now.minus(Duration.ofDays(8)), null),
                seen(B, RelayUrl.of("wss://other.example/"), now, null));

        assertThat(await(STORAGE.housekeeping().forgetMonitors(now.minus(MonitorNotes.KEPT))))
                .as("two views and a monitor")
                .isEqualTo(3);
        assertThat(await(notes().monitors()).stream().map(Known::pubkey)).containsExactly(B);

        await(notes().forget(Set.of(B)));
        assertThat(STORAGE.value("SELECT count(*) FROM monitor_views")).isEqualTo("0");
    }

    @Test
    void forgetsARelayWithWhatWasSaidOfIt() {
        STORAGE.know("wss://relay.example/");
        store(seen(A, RELAY, now, null));
        STORAGE.postgres.execute("DELETE FROM relays");

        assertThat(STORAGE.value("SELECT count(*) FROM monitor_views")).isEqualTo("0");
    }

    @Test
    void knowsTheKeysThatThisMonitorAnnouncesItselfWith() {
        STORAGE.postgres.execute(
                "INSERT INTO announcements (pubkey, kind, event_id, event, created_at, pending) VALUES ('" + A
                        + "', 10166, 'x', '{\"pubkey\":\"" + A + "\",\"kind\":10166,\"tags\":[]}', 1, '{}')");

        assertThat(await(notes().ownKeys())).containsExactly(A);
    }
}
