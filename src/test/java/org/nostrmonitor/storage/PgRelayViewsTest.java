package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Reports.NOON;
import static org.nostrmonitor.storage.Reports.offline;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Failure;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Sort;
import org.nostrmonitor.storage.RelayViews.Uptime;

class PgRelayViewsTest {
    private static final String A = "wss://a.example/";

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static final Query ALL = new Query("", null, null, null, null, null, Sort.URL, false, null, 50);

    @ParameterizedTest
    @CsvSource({
        "URL,false",
        "URL,true",
        "STATE,false",
        "STATE,true",
        "OPEN,false",
        "OPEN,true",
        "READ,false",
        "READ,true",
        "CHECKED,false",
        "CHECKED,true"
    })
    void showsEachRelayOnceOverAllPagesWhileOthersChange(Sort sort, boolean descending) {
        fiveHundred();
        List<String> seen = new ArrayList<>();
        Query query = sorted(sort, descending, null);
        Page page = await(STORAGE.views().relays(query));
        int change = 0;
        while (true) {
            page.items().forEach(item -> seen.add(item.url().value()));
            String next = page.next();
            if (next == null) {
                break;
            }
            // Relays of another kind change between the pages; those that we count do not.
            await(STORAGE.reports()
                    .store(online("wss://changing.example/")
                            .opensIn(change * 40)
                            .minutesLater(++change)
                            .finding()));
            page = await(STORAGE.views().relays(sorted(sort, descending, next)));
        }
        seen.removeIf(url -> url.contains("changing"));

        assertThat(page.total()).isEqualTo(501);
        assertThat(seen).hasSize(500).doesNotHaveDuplicates();
    }

    /** A third online with times that repeat, a third offline without, a third never checked. */
    private static void fiveHundred() {
        STORAGE.knowMany(500);
        STORAGE.know("wss://changing.example/");
        ReportStore store = STORAGE.reports();
        List<io.vertx.core.Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String url = "wss://r%05d.example/".formatted(i);
            if (i % 3 == 0) {
                all.add(store.store(online(url).opensIn(i % 50).finding()));
            } else if (i % 3 == 1) {
                all.add(store.store(offline(url).minutesLater(i % 7).finding()));
            }
        }
        all.forEach(one -> await(one.mapEmpty()));
    }

    @Test
    void putsWhatIsMissingLastBothWays() {
        STORAGE.know(A, "wss://b.example/", "wss://c.example/");
        await(STORAGE.reports().store(online(A).opensIn(10).finding()));
        await(STORAGE.reports().store(online("wss://b.example/").opensIn(20).finding()));

        assertThat(urls(sorted(Sort.OPEN, false, null))).containsExactly(A, "wss://b.example/", "wss://c.example/");
        assertThat(urls(sorted(Sort.OPEN, true, null))).containsExactly("wss://b.example/", A, "wss://c.example/");
    }

    @ParameterizedTest
    @CsvSource({"'100%',1", "'%',1", "'_',1", "'\\',1", "ÄPFEL,1", "strfry,1", "a.EXAMPLE,1", "nothing,0", "'',4"})
    void searchesForWhatWasTyped(String text, int found) {
        STORAGE.know(A, "wss://b.example/", "wss://c.example/", "wss://d.example/");
        await(STORAGE.reports()
                .store(online(A).document("{\"name\":\"100% _ \\\\ free\"}").finding()));
        await(STORAGE.reports()
                .store(online("wss://b.example/")
                        .document("{\"name\":\"Äpfel\",\"software\":\"git+https://x/strfry.git\"}")
                        .finding()));

        Query query = new Query(text, null, null, null, null, null, Sort.URL, false, null, 50);
        assertThat(urls(query)).hasSize(found);
        assertThat(await(STORAGE.views().relays(query)).total()).isEqualTo(found);
    }

    @Test
    void filtersByWhatIsKnown() {
        String onion = "ws://" + "a".repeat(56) + ".onion/";
        STORAGE.know(A, "wss://b.example/", onion);
        await(STORAGE.reports()
                .store(online(A)
                        .document("{\"software\":\"s\",\"supported_nips\":[1,50]}")
                        .finding()));
        await(STORAGE.reports()
                .store(online("wss://b.example/")
                        .writeRefused(Reason.RESTRICTED)
                        .finding()));

        assertThat(urls(with(RelayState.ONLINE, null, null, null, null))).containsExactly(A, "wss://b.example/");
        assertThat(urls(with(RelayState.UNKNOWN, null, null, null, null))).containsExactly(onion);
        assertThat(urls(with(null, Network.TOR, null, null, null))).containsExactly(onion);
        assertThat(urls(with(null, null, "s", null, null))).containsExactly(A);
        assertThat(urls(with(null, null, null, 50, null))).containsExactly(A);
        assertThat(urls(with(null, null, null, 51, null))).isEmpty();
        assertThat(urls(with(null, null, null, null, true))).containsExactly(A);
        assertThat(urls(with(null, null, null, null, false))).containsExactly("wss://b.example/");
    }

    @Test
    void leavesOutDisabledRelays() {
        STORAGE.know(A, "wss://b.example/");
        STORAGE.postgres.execute("UPDATE relays SET enabled = false WHERE url = '" + A + "'");

        assertThat(urls(ALL)).containsExactly("wss://b.example/");
        assertThat(await(STORAGE.views().overview()).states()).containsEntry(RelayState.UNKNOWN, 1);
        assertThat(detail(A).enabled()).isFalse();
    }

    @Test
    void refusesACursorThatIsNotOfTheQuery() {
        STORAGE.knowMany(60);
        String cursor =
                Objects.requireNonNull(await(STORAGE.views().relays(ALL)).next());

        assertThatThrownBy(() -> await(STORAGE.views().relays(sorted(Sort.OPEN, false, cursor))))
                .isInstanceOf(InvalidCursor.class);
        assertThatThrownBy(() -> await(STORAGE.views().relays(sorted(Sort.URL, true, cursor))))
                .isInstanceOf(InvalidCursor.class);
        for (String forged : List.of("", "!", "AAAA", "VVJMKwoxCg", "T1BFTisKMQp4")) {
            assertThatThrownBy(() -> await(STORAGE.views().relays(sorted(Sort.OPEN, false, forged))))
                    .isInstanceOf(InvalidCursor.class);
        }
    }

    @Test
    void drawsTheLastDayInQuarterHours() {
        STORAGE.know(A);
        Reports then = online(A);
        await(STORAGE.reports().store(then.at(NOON.minus(Duration.ofDays(1))).finding()));
        await(STORAGE.reports()
                .store(then.at(NOON.minus(Duration.ofHours(24).minusMinutes(15)))
                        .finding()));
        await(STORAGE.reports()
                .store(offline(A).at(NOON.minus(Duration.ofMinutes(15))).finding()));
        await(STORAGE.reports().store(then.finding()));

        String strip = detail(A).item().strip();

        assertThat(strip).hasSize(96).isEqualTo("1" + "0".repeat(93) + "31");
        assertThat(detail(A).regions().get(0).strip()).isEqualTo(strip);
        assertThat(await(STORAGE.views().relays(ALL)).items().get(0).strip()).isEqualTo(strip);
        assertThat(detail(A).day()).isEqualTo(new Uptime(2, 3, Duration.ofMinutes(45), Duration.ofMinutes(60)));
        assertThat(detail(A).week()).isEqualTo(new Uptime(3, 4, Duration.ofMinutes(46), Duration.ofMinutes(61)));
    }

    @Test
    void sumsUpTheNetwork() {
        String onion = "ws://" + "a".repeat(56) + ".onion/";
        STORAGE.know(A, "wss://b.example/", "wss://c.example/", onion);
        String document = "{\"software\":\"s\",\"supported_nips\":[1]}";
        await(STORAGE.reports().store(online(A).document(document).opensIn(10).finding()));
        await(STORAGE.reports()
                .store(online(onion).document(document).opensIn(30).finding()));
        await(STORAGE.reports().store(online("wss://b.example/").opensIn(5).finding()));
        await(STORAGE.reports()
                .store(offline("wss://b.example/").minutesLater(15).finding()));

        Overview overview = await(STORAGE.views().overview());

        assertThat(overview.states())
                .containsEntry(RelayState.ONLINE, 2)
                .containsEntry(RelayState.OFFLINE, 1)
                .containsEntry(RelayState.UNKNOWN, 1)
                .containsEntry(RelayState.DEGRADED, 0);
        assertThat(overview.openP50()).isEqualTo(Duration.ofMillis(10));
        assertThat(overview.openP95()).isEqualTo(Duration.ofMillis(30));
        assertThat(overview.upByNetwork()).containsEntry(Network.TOR, 1).containsEntry(Network.CLEARNET, 1);
        assertThat(overview.changes()).extracting(item -> item.url().value()).containsExactly("wss://b.example/");
        assertThat(overview.failures()).containsExactly(new Failure(Stage.TCP, Reason.TCP_REFUSED, 1));
        assertThat(overview.software()).containsExactly(new Count("s", 2));
        assertThat(overview.nips()).containsExactly(new Count("1", 2));
        assertThat(overview.lastCheckedAt())
                .isEqualTo(offline(A).minutesLater(15).report().checkedAt());
    }

    @Test
    void sumsUpNothing() {
        Overview overview = await(STORAGE.views().overview());

        assertThat(overview.states()).hasSize(4);
        assertThat(overview.openP50()).isNull();
        assertThat(overview.lastCheckedAt()).isNull();
    }

    @Test
    void listsResultsNewestFirst() {
        STORAGE.know(A);
        for (int i = 0; i < 5; i++) {
            await(STORAGE.reports().store(online(A).minutesLater(15L * i).finding()));
        }
        await(STORAGE.reports().store(offline(A).in("us").minutesLater(15).finding()));

        List<Result> newest = await(STORAGE.views().results(RelayUrl.of(A), "local", null, 2));
        List<Result> older = await(
                STORAGE.views().results(RelayUrl.of(A), null, newest.get(1).cycle(), 2));

        assertThat(newest).extracting(Result::cycle).containsExactly(NOON.plusSeconds(3600), NOON.plusSeconds(2700));
        assertThat(older).extracting(Result::region).containsExactlyInAnyOrder("local", "local", "us");
        assertThat(older.get(0).open()).isEqualTo(online(A).report().rttOpen());
        Result failed = older.get(2).region().equals("us") ? older.get(2) : older.get(1);
        assertThat(failed.reason()).isEqualTo(Reason.TCP_REFUSED);
        assertThat(failed.open()).isNull();
        assertThat(failed.read()).isNull();
    }

    @Test
    void knowsNothingOfARelayThatIsNotKnown() {
        assertThat(await(STORAGE.views().relay(RelayUrl.of("wss://x.example/"))))
                .isNull();
        assertThat(await(STORAGE.views().results(RelayUrl.of("wss://x.example/"), null, null, 5)))
                .isEqualTo(Collections.emptyList());
    }

    private static Query sorted(Sort sort, boolean descending, @Nullable String cursor) {
        return new Query("", null, null, null, null, null, sort, descending, cursor, 50);
    }

    private static Query with(
            @Nullable RelayState state,
            @Nullable Network network,
            @Nullable String software,
            @Nullable Integer nip,
            @Nullable Boolean writable) {
        return new Query("", state, network, software, nip, writable, Sort.URL, false, null, 50);
    }

    private static List<String> urls(Query query) {
        return await(STORAGE.views().relays(query)).items().stream()
                .map(Item::url)
                .map(RelayUrl::value)
                .sorted((one, other) -> query.sort() == Sort.URL ? one.compareTo(other) : 0)
                .toList();
    }

    private static Detail detail(String url) {
        return Objects.requireNonNull(await(STORAGE.views().relay(RelayUrl.of(url))));
    }
}
