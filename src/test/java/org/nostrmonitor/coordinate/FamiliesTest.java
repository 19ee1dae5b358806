package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.Family.Kin;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.PgFamilyRepository;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgRelayViews;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.RelayRepository.Candidate;
import org.nostrmonitor.storage.RelayViews;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;
import org.nostrmonitor.testing.RealPostgres;

/** Each rule by what a probe stores, with a real PostgreSQL. */
class FamiliesTest {
    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String PLAIN = "{\"name\":\"A relay\"}";
    private static final String NAMED = "{\"name\":\"A relay\",\"pubkey\":\"ab\"}";
    private static final String KEY = "0123456789abcdef".repeat(4);

    private final Vertx vertx = Vertx.vertx();
    private final MovableClock clock = new MovableClock(NOON.toString());
    private Database database;
    private PgReportStore reports;
    private RelayViews views;
    private Families families;

    @BeforeEach
    void open() {
        POSTGRES.execute("TRUNCATE relays, relay_results, relay_documents, cycles CASCADE");
        database = Database.connect(vertx, POSTGRES.uri(), Database.DEFAULT_SIZE);
        reports = new PgReportStore(database, new PgHousekeeping(database));
        views = new PgRelayViews(database, clock);
        families = new Families(vertx, new PgFamilyRepository(database), clock);
    }

    @AfterEach
    void close() {
        await(database.close());
        await(vertx.close());
    }

    @Test
    void otherPathsOfAHostWithTheSameDocumentAreAliasesOfTheShortest() {
        online("wss://a.example/inbox", PLAIN);
        online("wss://a.example/", PLAIN);
        online("wss://a.example/?x=1", PLAIN);
        look();

        assertThat(family("wss://a.example/").aliases())
                .containsExactly(
                        kin("wss://a.example/?x=1", FamilyRules.SAME_HOST),
                        kin("wss://a.example/inbox", FamilyRules.SAME_HOST));
        assertThat(family("wss://a.example/inbox").of()).isEqualTo(kin("wss://a.example/", FamilyRules.SAME_HOST));
        assertThat(family("wss://a.example/")).extracting(Family::of).isNull();
    }

    @Test
    void severalRelaysOfOneHostWithTheirOwnDocumentsStaySeveral() {
        String inbox = "{\"name\":\"Inbox\",\"pubkey\":\"ab\"}";
        online("wss://a.example/", NAMED, "192.0.2.1");
        online("wss://a.example/inbox", inbox, "192.0.2.1");
        online("wss://a.example/x", NAMED, "192.0.2.1");
        online("wss://a.example/inbox/x", inbox, "192.0.2.1");
        look();

        assertThat(aliases())
                .containsExactly(
                        "wss://a.example/inbox/x of wss://a.example/inbox", "wss://a.example/x of wss://a.example/");
    }

    @Test
    void otherPortsOfAHostStayRelaysOfTheirOwn() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example:8443/", PLAIN);
        look();

        assertThat(aliases()).isEmpty();
    }

    @Test
    void theSameWithoutTlsIsAnAliasOfTheOneWithIt() {
        online("ws://a.example/", PLAIN);
        online("wss://a.example/", PLAIN);
        online("ws://b.example:7000/x", PLAIN);
        online("wss://b.example:7000/x", PLAIN);
        online("ws://c.example/x", PLAIN);
        online("wss://c.example/", PLAIN);
        look();

        assertThat(aliases())
                .containsExactly(
                        "ws://a.example/ of wss://a.example/", "ws://b.example:7000/x of wss://b.example:7000/x");
        assertThat(family("ws://a.example/").of()).isEqualTo(kin("wss://a.example/", FamilyRules.WITHOUT_TLS));
    }

    @Test
    void anotherHostWithTheSameKeyOfTheRelayAndAnAddressInCommonIsAnAliasOfTheOneKnownLongest() {
        online("wss://old.example/", "{\"name\":\"Old\",\"self\":\"" + KEY + "\"}", "192.0.2.1", "192.0.2.2");
        online("wss://a.new.example/", "{\"name\":\"New\",\"self\":\"" + KEY + "\"}", "192.0.2.2");
        online("wss://elsewhere.example/", "{\"name\":\"Thief\",\"self\":\"" + KEY + "\"}", "203.0.113.9");
        look();

        assertThat(aliases()).containsExactly("wss://a.new.example/ of wss://old.example/");
        assertThat(family("wss://a.new.example/").of()).isEqualTo(kin("wss://old.example/", FamilyRules.SAME_KEY));
    }

    @Test
    void theOperatorsKeyMakesNoFamily() {
        online("wss://one.example/", "{\"name\":\"One\",\"pubkey\":\"" + KEY + "\"}", "192.0.2.1");
        online("wss://two.example/", "{\"name\":\"Two\",\"pubkey\":\"" + KEY + "\"}", "192.0.2.1");
        look();

        assertThat(aliases()).isEmpty();
    }

    @Test
    void anotherHostWithTheSameWholeDocumentIsAnAliasIfThatNamesItsOperatorAndAnAddressIsInCommon() {
        online("wss://b.example/", NAMED, "192.0.2.1");
        online("wss://a.example/", NAMED, "192.0.2.1");
        online("wss://far.example/", NAMED, "203.0.113.9");
        online("wss://c.example/", PLAIN, "192.0.2.1");
        online("wss://d.example/", PLAIN, "192.0.2.1");
        look();

        assertThat(aliases()).containsExactly("wss://a.example/ of wss://b.example/");
        assertThat(family("wss://a.example/").of()).isEqualTo(kin("wss://b.example/", FamilyRules.SAME_DOCUMENT));
    }

    @Test
    void anAliasOfAnAliasIsOneOfTheHead() {
        online("wss://old.example/", NAMED, "192.0.2.1");
        online("wss://new.example/", NAMED, "192.0.2.1");
        online("ws://new.example/", NAMED, "192.0.2.1");
        online("ws://new.example/x", NAMED, "192.0.2.1");
        look();

        assertThat(aliases())
                .containsExactly(
                        "ws://new.example/ of wss://old.example/",
                        "ws://new.example/x of wss://old.example/",
                        "wss://new.example/ of wss://old.example/");
    }

    @Test
    void anAliasWhoseEvidenceIsGoneIsARelayAgain() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example/x", PLAIN);
        look();
        clock.advance(Duration.ofMinutes(15));

        online("wss://a.example/x", "{\"name\":\"Its own\"}");
        look();

        assertThat(aliases()).isEmpty();
        assertThat(family("wss://a.example/")).isEqualTo(Family.ALONE);
    }

    @Test
    void whatStaysAnAliasKeepsItsTime() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example/x", PLAIN);
        look();
        clock.advance(Duration.ofMinutes(15));

        assertThat(await(families.look())).isEqualTo(Done.NOTHING);

        assertThat(family("wss://a.example/x").of()).isEqualTo(kin("wss://a.example/", FamilyRules.SAME_HOST));
    }

    @Test
    void aRelayThatIsUpIsNotHiddenBehindOneThatIsDown() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example/x", PLAIN);
        look();
        clock.advance(Duration.ofMinutes(15));
        offline("wss://a.example/");
        look();
        assertThat(aliases()).containsExactly("wss://a.example/x of wss://a.example/");

        clock.advance(Duration.ofMinutes(15));
        online("wss://a.example/x", PLAIN);
        look();

        assertThat(aliases()).containsExactly("wss://a.example/ of wss://a.example/x");
    }

    @Test
    void aStrangersWordsDoNoHarm() {
        String nasty = "{\"name\":\"\\u0000 \\ud800 \\\"addresses\\\":[\\\"192.0.2.1\\\"]\",\"self\":[1]}";
        online("wss://a.example/", nasty);
        online("wss://b.example/", nasty + " ");
        online("wss://a.example/x", nasty);
        look();

        assertThat(aliases()).containsExactly("wss://a.example/x of wss://a.example/");
    }

    @Test
    void listsAndCountsLeaveAliasesOutUnlessTheyAreAskedFor() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example/x", PLAIN);
        online("wss://b.example/", NAMED);
        look();

        assertThat(listed(Aliases.NONE)).containsExactly("wss://a.example/", "wss://b.example/");
        assertThat(listed(Aliases.ONLY)).containsExactly("wss://a.example/x");
        assertThat(listed(Aliases.ALL)).containsExactly("wss://a.example/", "wss://a.example/x", "wss://b.example/");
        RelayViews.Overview overview = await(views.overview());
        assertThat(overview.aliases()).isEqualTo(1);
        assertThat(overview.states().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void planningIsToldWhatIsAnAlias() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example/x", PLAIN);
        look();
        POSTGRES.execute(
                "INSERT INTO cycles (cycle, region, deadline) SELECT '2026-03-02T13:00:00Z', id, now() FROM regions");
        List<Candidate> candidates = new ArrayList<>();

        await(new PgRelayRepository(database).candidates("eu", Instant.parse("2026-03-02T13:00:00Z"), 10, page -> {
            candidates.addAll(page);
            return io.vertx.core.Future.succeededFuture();
        }));

        assertThat(candidates)
                .extracting(candidate -> candidate.relay().url().value() + " " + candidate.alias())
                .containsExactlyInAnyOrder("wss://a.example/ false", "wss://a.example/x true");
    }

    @Test
    void nothingIsPublishedAboutAnAlias() {
        online("wss://a.example/", PLAIN);
        online("wss://a.example/x", PLAIN);
        look();
        clock.advance(Duration.ofMinutes(15));
        NostrEvent event = new NostrEvent("ab".repeat(32), "cd".repeat(32), 1, 30166, List.of(), "", "ef".repeat(64));

        Stored alias = store(new Finding(report("wss://a.example/x", true, PLAIN), known -> event, List.of()));
        Stored relay = store(new Finding(report("wss://a.example/", true, PLAIN), known -> event, List.of()));

        assertThat(alias.eventStored()).isFalse();
        assertThat(relay.eventStored()).isTrue();
        assertThat(await(new PgOutbox(database).discoveries(RelayUrl.of("wss://a.example/x"))))
                .isEmpty();
    }

    private void online(String url, String document, String... addresses) {
        know(url);
        store(new Finding(report(url, true, document, addresses), null, List.of()));
    }

    private void offline(String url) {
        store(new Finding(report(url, false, null), null, List.of()));
    }

    /** One after the other, so that the first is known longest. */
    private void know(String url) {
        await(new PgRelayRepository(database).add(List.of(RelayUrl.of(url)), "test"));
    }

    private Stored store(Finding finding) {
        return await(reports.store(finding));
    }

    private CheckReport report(
            String url, boolean up, @org.jspecify.annotations.Nullable String document, String... addresses) {
        Outcome open = up ? new Outcome.Passed() : new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");
        Outcome rest = up ? new Outcome.Passed() : new Outcome.NotTested(Reason.NOT_REACHED);
        return new CheckReport(
                RelayUrl.of(url),
                "eu",
                clock.instant(),
                clock.instant().plusSeconds(3),
                null,
                Phases.NONE,
                open,
                rest,
                rest,
                rest,
                document,
                Map.of(),
                Duration.ZERO,
                Set.of(),
                1,
                new Facts(List.of(addresses), null, null, Map.of(), Map.of()));
    }

    private void look() {
        await(families.look());
    }

    private Family family(String url) {
        return await(views.family(RelayUrl.of(url)));
    }

    private static Kin kin(String url, String why) {
        return new Kin(RelayUrl.of(url), why, NOON);
    }

    private List<String> aliases() {
        return listed(Aliases.ONLY).stream()
                .map(url -> url + " of "
                        + java.util.Objects.requireNonNull(family(url).of()).url())
                .toList();
    }

    private List<String> listed(Aliases which) {
        Query query = new Query("", null, null, null, null, null, which, Narrowing.NONE, Sort.URL, false, null, 100);
        return await(views.relays(query)).items().stream()
                .map(item -> item.url().value())
                .toList();
    }
}
