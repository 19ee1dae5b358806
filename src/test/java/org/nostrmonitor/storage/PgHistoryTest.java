package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Reports.NOON;
import static org.nostrmonitor.storage.Reports.offline;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Reports.unknown;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Resolution;
import org.nostrmonitor.storage.History.Times;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;

class PgHistoryTest {
    private static final String A = "wss://a.example/";
    private static final RelayUrl URL = RelayUrl.of(A);
    private static final Instant LATER = NOON.plus(Duration.ofHours(6));

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @BeforeEach
    void oneRelay() {
        STORAGE.know(A);
    }

    @Test
    void tellsOfEachHour() {
        store(online(A).opensIn(100));
        store(online(A).opensIn(200).minutesLater(15));
        store(offline(A).minutesLater(30));
        store(unknown(A).minutesLater(45));
        store(online(A).opensIn(80).minutesLater(120));

        List<Point> hours = points(null, Resolution.HOUR);

        assertThat(hours).extracting(Point::from).containsExactly(NOON, NOON.plus(Duration.ofHours(2)));
        Point first = hours.get(0);
        assertThat(first.checks()).isEqualTo(new Checks(2, 0, 1, 1));
        assertThat(first.up()).isEqualTo(Duration.ofMinutes(30));
        assertThat(first.known()).isEqualTo(Duration.ofMinutes(45));
        Times open = Objects.requireNonNull(first.times().get(Phase.OPEN));
        assertThat(open.count()).isEqualTo(2);
        assertThat(open.p50().toMillis()).isBetween(97L, 103L);
        assertThat(open.p99().toMillis()).isBetween(194L, 206L);
        assertThat(first.times()).doesNotContainKey(Phase.DNS);
    }

    @Test
    void leavesOutHowLongAStageTookToFail() {
        store(offline(A));

        assertThat(points(null, Resolution.HOUR).get(0).times()).isEmpty();
    }

    @Test
    void tellsWhatARegionSawAndWhatAllOfThemSaid() {
        store(online(A).in("eu"));
        store(offline(A).in("us"));
        store(offline(A).in("asia"));

        assertThat(points("eu", Resolution.HOUR).get(0).checks()).isEqualTo(new Checks(1, 0, 0, 0));
        assertThat(points("us", Resolution.HOUR).get(0).up()).isZero();
        Point together = points(null, Resolution.HOUR).get(0);
        assertThat(together.checks()).isEqualTo(new Checks(1, 0, 2, 0));
        assertThat(together.up()).isZero();
        assertThat(together.known()).isEqualTo(Duration.ofMinutes(30));
        assertThat(points("nowhere", Resolution.HOUR)).isEmpty();
    }

    @Test
    void countsAResultOnceHoweverOftenItComes() {
        store(online(A));
        store(online(A));

        assertThat(points(null, Resolution.HOUR).get(0).checks().made()).isEqualTo(1);
    }

    @Test
    void saysNothingOfTimeThatIsStillToCome() {
        store(online(A));

        Point now = await(
                        STORAGE.history(NOON.plusSeconds(60)).points(URL, null, NOON, LATER, Resolution.HOUR, Set.of()))
                .get(0);

        assertThat(now.known()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void tellsTheSameOfADayBeforeAndAfterItIsRolledUp() {
        twoDaysInTwoRegions();
        List<Point> all = points(null, Resolution.DAY);
        List<Point> eu = points("eu", Resolution.DAY);
        assertThat(all).hasSize(2);
        assertThat(all.get(1).checks().made()).isEqualTo(8);

        rollUp();
        STORAGE.postgres.execute("TRUNCATE relay_hourly");

        assertThat(points(null, Resolution.DAY)).isEqualTo(all);
        assertThat(points("eu", Resolution.DAY)).isEqualTo(eu);
    }

    private static void twoDaysInTwoRegions() {
        for (int i = 0; i < 8; i++) {
            long minute = i * 15L + 660;
            store((i % 4 == 1 ? offline(A) : online(A).opensIn(40 + i))
                    .minutesLater(minute)
                    .in("eu"));
            store(online(A).opensIn(90 + i).minutesLater(minute).in("us"));
        }
    }

    @Test
    void rollsUpAgainWhatALateResultChanges() {
        store(online(A));
        rollUp();
        assertThat(STORAGE.value("SELECT until > '2026-03-02' FROM daily_rolled_up"))
                .isEqualTo("true");

        store(offline(A).minutesLater(15));
        assertThat(STORAGE.value("SELECT until FROM daily_rolled_up")).isEqualTo("2026-02-23");
        assertThat(points(null, Resolution.DAY).get(0).checks()).isEqualTo(new Checks(1, 0, 1, 0));

        rollUp();
        STORAGE.postgres.execute("TRUNCATE relay_hourly");
        assertThat(points(null, Resolution.DAY).get(0).checks()).isEqualTo(new Checks(1, 0, 1, 0));
    }

    @Test
    void tellsTheTimesThatAreAskedFor() {
        store(online(A));
        Map<Phase, Times> all = points(null, Resolution.HOUR).get(0).times();
        assertThat(all).containsKeys(Phase.TCP, Phase.OPEN, Phase.READ);

        for (boolean isRolledUp : new boolean[] {false, true}) {
            if (isRolledUp) {
                rollUp();
                STORAGE.postgres.execute("TRUNCATE relay_hourly");
            }
            Map<Phase, Times> two = points(null, Resolution.DAY, EnumSet.of(Phase.TCP, Phase.READ))
                    .get(0)
                    .times();
            assertThat(two).containsOnlyKeys(Phase.TCP, Phase.READ);
            assertThat(two).containsEntry(Phase.READ, all.get(Phase.READ));
        }
        assertThat(points(null, Resolution.DAY, Set.of()).get(0).times()).isEmpty();
    }

    @Test
    void rollsUpOnceWhoeverAsksMeanwhile() {
        store(online(A));
        Housekeeping house = STORAGE.housekeeping();
        java.time.LocalDate today = java.time.LocalDate.parse("2026-04-01");
        io.vertx.core.Future<Integer> one = house.rollUp(today);

        assertThat(house.rollUp(today)).isSameAs(one);
        assertThat(await(one)).isPositive();
        assertThat(await(house.rollUp(today))).isZero();
    }

    @Test
    void keepsADayWhoseChecksAreGoneWhenOneComesLate() {
        store(online(A));
        store(online(A).minutesLater(15));
        rollUp();
        STORAGE.postgres.execute("TRUNCATE relay_hourly");

        store(offline(A).minutesLater(30));
        rollUp();

        assertThat(points(null, Resolution.DAY).get(0).checks()).isEqualTo(new Checks(2, 0, 0, 0));
    }

    @Test
    void dropsNoHoursThatAreNotRolledUp() {
        store(online(A));
        store(online(A).at(NOON.minus(Duration.ofDays(9))));
        java.time.LocalDate far = java.time.LocalDate.parse("2026-06-01");

        await(STORAGE.housekeeping().dropHours(far));
        assertThat(points(null, Resolution.HOUR)).isNotEmpty();

        rollUp();
        assertThat(await(STORAGE.housekeeping().dropHours(far))).isPositive();
        assertThat(points(null, Resolution.HOUR)).isEmpty();
        assertThat(points(null, Resolution.DAY)).hasSize(1);
    }

    @Test
    void tellsHowMuchItWasUp() {
        store(online(A).at(NOON.minus(Duration.ofDays(300))));
        store(offline(A).at(NOON.minus(Duration.ofDays(20))));
        store(online(A).at(NOON.minus(Duration.ofDays(3))));
        store(offline(A).at(NOON.minus(Duration.ofHours(3))));
        History history = STORAGE.history(NOON);
        History.Uptimes before = await(history.uptime(URL));

        rollUp();
        STORAGE.postgres.execute("DELETE FROM relay_hourly WHERE day < '2026-02-01'");

        History.Uptimes uptimes = await(history.uptime(URL));
        Duration half = Duration.ofMinutes(30);
        assertThat(uptimes.day()).isEqualTo(new History.Up(Duration.ZERO, half));
        assertThat(uptimes.week()).isEqualTo(new History.Up(half, Duration.ofMinutes(60)));
        assertThat(uptimes.month()).isEqualTo(new History.Up(half, Duration.ofMinutes(90)));
        assertThat(uptimes.year()).isEqualTo(new History.Up(Duration.ofMinutes(60), Duration.ofMinutes(120)));
        assertThat(before).isEqualTo(uptimes);
    }

    @Test
    void beginsAnIncidentAndEndsItAndRemembersTheFirstAndTheLastReason() {
        store(online(A));
        store(offline(A).minutesLater(15));
        store(dns().minutesLater(30));
        store(unknown(A).minutesLater(45));
        assertThat(incidents(null))
                .singleElement()
                .satisfies(open -> assertThat(open.to()).isNull());
        store(online(A).minutesLater(60));

        Incident over = incidents(null).get(0);

        assertThat(over.state()).isEqualTo(RelayState.OFFLINE);
        assertThat(over.from()).isEqualTo(offline(A).minutesLater(15).report().checkedAt());
        assertThat(over.to()).isEqualTo(online(A).minutesLater(60).report().checkedAt());
        assertThat(over.firstStage()).isEqualTo(Stage.TCP);
        assertThat(over.firstReason()).isEqualTo(Reason.TCP_REFUSED);
        assertThat(over.stage()).isEqualTo(Stage.DNS);
        assertThat(over.reason()).isEqualTo(Reason.DNS_NOT_FOUND);
        assertThat(incidents("local")).containsExactly(over);
    }

    private static Reports dns() {
        Reports down = offline(A);
        Outcome gone = new Outcome.Failed(Stage.DNS, Reason.DNS_NOT_FOUND, "");
        return new Reports(down.relay(), "local", NOON, gone, down.read(), down.write(), down.nip11(), null, 1);
    }

    @Test
    void tellsDegradedFromOffline() {
        store(online(A));
        store(online(A).writeFailed().minutesLater(15));
        store(offline(A).minutesLater(30));

        assertThat(incidents(null))
                .extracting(Incident::state)
                .containsExactly(RelayState.OFFLINE, RelayState.DEGRADED);
        assertThat(incidents(null).get(1).to()).isEqualTo(incidents(null).get(0).from());
    }

    @Test
    void hasNoIncidentOfAllWhileMostRegionsAreWell() {
        store(online(A).in("eu"));
        store(offline(A).in("us"));

        assertThat(incidents(null)).isEmpty();
        assertThat(incidents("us")).hasSize(1);
    }

    @Test
    void doesNotBeginAnIncidentForALateResult() {
        store(online(A).minutesLater(15));
        store(offline(A));

        assertThat(incidents(null)).isEmpty();
    }

    @Test
    void listsIncidentsInPages() {
        for (int i = 0; i < 5; i++) {
            store(offline(A).minutesLater(30L * i));
            store(online(A).minutesLater(30L * i + 15));
        }
        List<Instant> seen = new ArrayList<>();
        String cursor = null;
        do {
            Incidents page = await(STORAGE.history(LATER).incidents(URL, null, cursor, 2));
            page.incidents().forEach(incident -> seen.add(incident.from()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        for (String forged : List.of("", "!", "MSAx", "eCAyMDI2LTAxLTAxVDAwOjAwOjAwWg")) {
            assertThatThrownBy(() -> await(STORAGE.history(LATER).incidents(URL, null, forged, 2)))
                    .isInstanceOf(InvalidCursor.class);
        }
    }

    @Test
    void remembersHowTheNetworkWas() {
        store(online(A));
        await(STORAGE.housekeeping().countNetwork());
        Instant now = Instant.now();

        for (Resolution each : Resolution.values()) {
            List<NetworkPoint> network =
                    await(STORAGE.history(now).network(now.minus(Duration.ofDays(2)), now.plusSeconds(60), each));

            assertThat(network).singleElement().satisfies(point -> {
                assertThat(point.online()).isEqualTo(1);
                assertThat(point.offline()).isZero();
                assertThat(point.from().getEpochSecond() % each.length().toSeconds())
                        .isZero();
            });
        }
    }

    private static void store(Reports report) {
        assertThat(await(STORAGE.reports().store(report.finding()))).isNotNull();
    }

    private static void rollUp() {
        await(STORAGE.housekeeping().rollUp(java.time.LocalDate.parse("2026-04-01")));
    }

    private static List<Point> points(@Nullable String region, Resolution resolution) {
        return points(region, resolution, EnumSet.allOf(Phase.class));
    }

    private static List<Point> points(@Nullable String region, Resolution resolution, Set<Phase> phases) {
        Instant from = NOON.minus(Duration.ofHours(12));
        return await(STORAGE.history(LATER.plus(Duration.ofDays(2)))
                .points(URL, region, from, LATER.plus(Duration.ofDays(2)), resolution, phases));
    }

    private static List<Incident> incidents(@Nullable String region) {
        return await(STORAGE.history(LATER).incidents(URL, region, null, 50)).incidents();
    }
}
