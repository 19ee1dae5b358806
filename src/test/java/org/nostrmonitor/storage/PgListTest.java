package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;
import org.nostrmonitor.storage.ReportStore.Finding;

class PgListTest {
    /** Enough for a sample of them to be larger than a page. */
    private static final int RELAYS = 720;

    private static final int PAGE = 10;
    private static final Query ALL = new Query("", null, null, null, null, null, Sort.URL, false, null, 200);

    /** Half of everything is missing, and what is there comes twice. */
    private static final String VARIED = """
            UPDATE relay_summary SET
                state = relay_id % 4, network = relay_id % 3,
                since = timestamptz '2026-01-01' + interval '1 hour' * (relay_id % 7),
                added_at = timestamptz '2025-01-01' + interval '1 day' * (relay_id % 11),
                checked_at = CASE WHEN relay_id % 4 > 0 THEN timestamptz '2026-03-01' + interval '1.000001 s' * (relay_id % 5) END,
                open_us = CASE WHEN relay_id % 2 = 0 THEN (relay_id * 7) % 40 END,
                read_us = CASE WHEN relay_id % 2 = 1 THEN (relay_id * 3) % 40 END,
                write_us = CASE WHEN relay_id % 3 = 1 THEN relay_id % 9 END,
                writable = CASE WHEN relay_id % 3 > 0 THEN relay_id % 3 = 1 END,
                name = CASE WHEN relay_id % 2 = 0 THEN chr(65 + relay_id % 26) || repeat('ä', 80) END,
                software = CASE WHEN relay_id % 2 = 0 THEN 's' || relay_id % 5 END,
                country = CASE WHEN relay_id % 2 = 0 THEN chr(65 + relay_id % 26) || 'X' END,
                asn = CASE WHEN relay_id % 2 = 0 THEN relay_id % 13 END,
                uptime = CASE WHEN relay_id % 2 = 0 THEN relay_id % 17 * 500 END""";

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @ParameterizedTest
    @EnumSource(Sort.class)
    void whatIsMissingComesLastBothWaysAndNoPageLosesOrRepeatsARelay(Sort sort) {
        STORAGE.knowMany(RELAYS);
        STORAGE.postgres.execute(VARIED);
        for (boolean descending : new boolean[] {false, true}) {
            List<Item> walked = walk(sorted(sort, descending, PAGE));

            assertThat(walked).extracting(Item::url).hasSize(RELAYS).doesNotHaveDuplicates();
            List<@Nullable Comparable<Object>> keys =
                    walked.stream().map(item -> key(sort).apply(item)).toList();
            List<Comparable<Object>> known =
                    keys.stream().filter(Objects::nonNull).toList();
            assertThat(keys.subList(0, known.size())).as("the known ones first").doesNotContainNull();
            assertThat(known).isSortedAccordingTo((a, b) -> descending ? b.compareTo(a) : a.compareTo(b));
        }
    }

    private static List<Item> walk(Query first) {
        RelayViews views = STORAGE.views();
        List<Item> seen = new ArrayList<>();
        Query query = first;
        String next;
        do {
            Page page = await(views.part(query));
            assertThat(page.total()).isEqualTo(RELAYS);
            seen.addAll(page.items());
            next = page.next();
            query = Queries.at(query, next, query.most());
        } while (next != null);
        return seen;
    }

    @SuppressWarnings("unchecked")
    private static Function<Item, @Nullable Comparable<Object>> key(Sort sort) {
        Function<Item, @Nullable Object> key = switch (sort) {
            case URL -> item -> item.url().value();
            case NAME -> item -> item.name() == null ? null : item.name().substring(0, 1);
            case STATE -> item -> item.state().code() == 0 ? null : item.state().code();
            case NETWORK -> item -> 0;
            case SINCE -> Item::since;
            case CHECKED -> Item::checkedAt;
            case ADDED -> item -> item.traits().addedAt();
            case OPEN -> Item::open;
            case READ -> Item::read;
            case WRITE -> Item::write;
            case WRITABLE -> Item::writable;
            case SOFTWARE -> Item::software;
            case COUNTRY -> item -> item.traits().country();
            case ASN -> item -> item.traits().asn();
            case UPTIME -> item -> item.traits().uptime().week();
        };
        return item -> (Comparable<Object>) key.apply(item);
    }

    private static Query sorted(Sort sort, boolean descending, int most) {
        return new Query("", null, null, null, null, null, sort, descending, null, most);
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,'OPEN+\n1\nx'",
        "OPEN,'OPEN+\n1\n-1'",
        "OPEN,'OPEN+\n1\n-9223372036854775808'",
        "OPEN,'OPEN-\n1\n5'",
        "CHECKED,'CHECKED+\n1\n9223372036854775807'",
        "CHECKED,'CHECKED+\n1\n-300000000000000000'",
        "URL,'URL+\n1'",
        "SINCE,'SINCE+\n1'",
        "OPEN,'OPEN+\nx\n5'",
        "OPEN,'OPEN+'",
        "NAME,'NAME+\n99999999999\nx'",
    })
    void aCursorThatWeDidNotGiveIsRefusedBeforeTheDatabaseSeesIt(Sort sort, String forged) {
        String cursor = Base64.getUrlEncoder().encodeToString(forged.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Query query = Queries.at(sorted(sort, false, 10), cursor, 10);

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> await(STORAGE.views().relays(query)))
                .isInstanceOf(InvalidCursor.class);
    }

    @Test
    void narrowsByWhatWasSeenOrElseClaimed() {
        STORAGE.know("wss://a.example/", "wss://b.example/", "wss://c.example/");
        String asksAll = "{\"limitation\":{\"auth_required\":true,\"payment_required\":true,\"min_pow_difficulty\":12,"
                + "\"restricted_writes\":true},\"tags\":[\"Art\",\"music \"],\"supported_nips\":[1,42,50],"
                + "\"contact\":\"mailto:Someone@a.example\"}";
        store(
                "wss://a.example/",
                asksAll,
                Map.of(Requirement.AUTH, false),
                new Place("DE", null, "u33db", 24940L, null, false));
        store(
                "wss://b.example/",
                "{\"tags\":[\"art\"],\"supported_nips\":[1,50]}",
                Map.of(),
                new Place(null, null, null, 13335L, null, true));

        await(new RecentCounts(STORAGE.database()).after(0, Reports.NOON.plusSeconds(60)));

        assertThat(found(n -> n.auth = true)).isEmpty();
        assertThat(found(n -> n.auth = false)).containsExactly("a");
        assertThat(found(n -> n.payment = true)).containsExactly("a");
        assertThat(found(n -> n.pow = true)).containsExactly("a");
        assertThat(found(n -> n.pow = false)).isEmpty();
        assertThat(found(n -> n.restricted = true)).containsExactly("a");
        assertThat(found(n -> n.nips = List.of(1, 50))).containsExactly("a", "b");
        assertThat(found(n -> n.nips = List.of(1, 42, 50))).containsExactly("a");
        assertThat(found(n -> n.tags = List.of("art"))).containsExactly("a", "b");
        assertThat(found(n -> n.tags = List.of("art", "music"))).containsExactly("a");
        assertThat(found(n -> n.country = "DE")).containsExactly("a");
        assertThat(found(n -> n.asn = 13335L)).containsExactly("b");
        assertThat(found(n -> n.leastUptime = 1.0)).containsExactly("a", "b");
        assertThat(found(n -> n.mostOpen = Duration.ofMillis(50))).containsExactly("a", "b");
        assertThat(found(n -> n.mostOpen = Duration.ofMillis(49))).isEmpty();
        assertThat(found(n -> n.addedSince = Instant.parse("2100-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(found(n -> n.near = new Near(52.52, 13.4, 60))).containsExactly("a");
        assertThat(found(n -> n.near = new Near(48.1, 11.6, 60))).isEmpty();
        assertThat(found(new Query("someone@A", null, null, null, null, null, Sort.URL, false, null, 50)))
                .containsExactly("a");
    }

    @Test
    void aRelayStaysWhereItWasSeenLastUntilItIsSeenElsewhere() {
        STORAGE.know("wss://a.example/");
        store("wss://a.example/", "{}", Map.of(), new Place("DE", null, "u33db", 24940L, null, false));
        await(STORAGE.reports()
                .store(Reports.offline("wss://a.example/").minutesLater(15).finding()));
        assertThat(found(n -> n.country = "DE")).containsExactly("a");

        Finding moved =
                finding("wss://a.example/", 30, "{}", Map.of(), new Place(null, null, null, 13335L, null, true));
        await(STORAGE.reports().store(moved));
        assertThat(found(n -> n.country = "DE")).isEmpty();
        assertThat(found(n -> n.near = new Near(52.52, 13.4, 60))).isEmpty();
        assertThat(found(n -> n.asn = 13335L)).containsExactly("a");
    }

    @Test
    void nearGoesAcrossTheDateLineAndThePoles() {
        STORAGE.know("wss://a.example/", "wss://b.example/", "wss://c.example/");
        STORAGE.postgres.execute("UPDATE relay_summary SET lat = -17, lon = 179.9 WHERE url LIKE 'wss://a%';"
                + "UPDATE relay_summary SET lat = -17, lon = -179.9 WHERE url LIKE 'wss://b%';"
                + "UPDATE relay_summary SET lat = 89.9, lon = 10 WHERE url LIKE 'wss://c%'");

        assertThat(found(n -> n.near = new Near(-17, 179.95, 50))).containsExactly("a", "b");
        assertThat(found(n -> n.near = new Near(-17, -179.95, 50))).containsExactly("a", "b");
        assertThat(found(n -> n.near = new Near(-17, 179.95, 10))).containsExactly("a");
        assertThat(found(n -> n.near = new Near(89.9, -170, 50))).containsExactly("c");
        assertThat(found(n -> n.near = new Near(0, 0, Near.FARTHEST_KM))).containsExactly("a", "b", "c");
    }

    @Test
    void disabledRelaysAreInNoListAndAliasesWhereTheyAreAskedFor() {
        STORAGE.know("wss://a.example/", "wss://b.example/", "wss://c.example/");
        STORAGE.postgres.execute(
                "UPDATE relays SET enabled = false WHERE url LIKE 'wss://c%';"
                        + "UPDATE relays SET alias_of = (SELECT id FROM relays WHERE url LIKE 'wss://a%') WHERE url LIKE 'wss://b%'");

        assertThat(found(ALL)).containsExactly("a");
        assertThat(found(aliases(Aliases.ONLY))).containsExactly("b");
        assertThat(found(aliases(Aliases.ALL))).containsExactly("a", "b");

        STORAGE.postgres.execute("UPDATE relays SET enabled = true, alias_of = NULL");
        assertThat(found(ALL)).containsExactly("a", "b", "c");
    }

    @Test
    void allThatMatchAreCounted() {
        STORAGE.knowMany(10_001);
        assertThat(await(STORAGE.views().relays(ALL)).total()).isEqualTo(10_001);

        STORAGE.postgres.execute("UPDATE relays SET enabled = false WHERE id = (SELECT max(id) FROM relays)");
        assertThat(await(STORAGE.views().relays(ALL)).total()).isEqualTo(10_000);

        int few = Integer.parseInt(STORAGE.value("SELECT count(*) FROM relays WHERE url LIKE '%99%' AND enabled"));
        assertThat(few).isBetween(100, 1_000);
        Page page = await(STORAGE.views().relays(text("99")));
        assertThat(page.total()).isEqualTo(few);
        assertThat(page.items()).hasSize(50);
    }

    @Test
    void theBeginOfAnAddressIsLookedForInAddresses() {
        await(STORAGE.relays()
                .add(
                        List.of(
                                RelayUrl.of("wss://a.example/Inbox"),
                                RelayUrl.of("wss://a.example/x_y"),
                                RelayUrl.of("wss://b.example/"),
                                RelayUrl.of("ws://b.example/")),
                        "test"));
        STORAGE.postgres.execute("UPDATE relay_summary SET search = search || ' wss://a.example/inbox'");

        assertThat(urls("wss://A.Example/in")).containsExactly("wss://a.example/Inbox");
        assertThat(urls("wss://a.exam")).hasSize(2);
        assertThat(urls("wss://a.example/x_")).containsExactly("wss://a.example/x_y");
        assertThat(urls("ws://")).containsExactly("ws://b.example/");
        assertThat(urls("wss://a_")).isEmpty();
        assertThat(urls("s://b")).containsExactly("ws://b.example/", "wss://b.example/");
    }

    private static List<String> urls(String text) {
        return await(STORAGE.views().relays(text(text))).items().stream()
                .map(item -> item.url().value())
                .toList();
    }

    private static Query text(String text) {
        return new Query(text, null, null, null, null, null, Aliases.NONE, Narrowing.NONE, Sort.URL, false, null, 50);
    }

    private static Query aliases(Aliases which) {
        return new Query("", null, null, null, null, null, which, Narrowing.NONE, Sort.URL, false, null, 50);
    }

    private static void store(String url, String document, Map<Requirement, Boolean> observed, Place place) {
        await(STORAGE.reports().store(finding(url, 0, document, observed, place)));
    }

    private static Finding finding(
            String url, int minutes, String document, Map<Requirement, Boolean> observed, Place place) {
        CheckReport plain = online(url).minutesLater(minutes).document(document).report();
        CheckReport report = new CheckReport(
                plain.relay(),
                plain.region(),
                plain.cycle(),
                plain.checkedAt(),
                "192.0.2.1",
                plain.phases(),
                plain.open(),
                plain.read(),
                plain.write(),
                plain.nip11(),
                document,
                observed,
                plain.loopLag(),
                plain.withheld(),
                plain.looks(),
                new Facts(List.of("192.0.2.1"), null, place, Map.<Integer, Capability>of(), Map.of()));
        return new Finding(report, null, List.of());
    }

    /** Conditions one by one. */
    private static final class Asked {
        List<Integer> nips = List.of();
        List<String> tags = List.of();

        @Nullable
        String country;

        @Nullable
        Long asn;

        @Nullable
        Boolean auth;

        @Nullable
        Boolean payment;

        @Nullable
        Boolean pow;

        @Nullable
        Boolean restricted;

        @Nullable
        Double leastUptime;

        @Nullable
        Duration mostOpen;

        @Nullable
        Instant addedSince;

        @Nullable
        Near near;
    }

    private static List<String> found(java.util.function.Consumer<Asked> condition) {
        Asked asked = new Asked();
        condition.accept(asked);
        return found(Queries.narrowed(
                ALL,
                new Narrowing(
                        asked.nips,
                        asked.tags,
                        asked.country,
                        asked.asn,
                        asked.auth,
                        asked.payment,
                        asked.pow,
                        asked.restricted,
                        asked.leastUptime,
                        asked.mostOpen,
                        asked.addedSince,
                        asked.near)));
    }

    /** The first label of each host, and what is counted agrees. */
    private static List<String> found(Query query) {
        Page page = await(STORAGE.views().relays(query));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream()
                .map(item -> item.url().host().substring(0, 1))
                .toList();
    }
}
