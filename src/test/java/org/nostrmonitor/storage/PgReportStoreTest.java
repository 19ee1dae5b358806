package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Reports.NOON;
import static org.nostrmonitor.storage.Reports.event;
import static org.nostrmonitor.storage.Reports.offline;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Reports.unknown;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;

class PgReportStoreTest {
    private static final String A = "wss://a.example/";
    private static final String B = "wss://b.example/";
    private static final String TARGET = "wss://target.example/with,comma/{brace}";

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private ReportStore store = STORAGE.reports();

    @BeforeEach
    void twoRelays() {
        store = STORAGE.reports();
        STORAGE.know(A, B);
    }

    @Test
    void storesWhatWasFound() {
        Stored stored = await(store.store(online(A).finding(event(1, 100), TARGET)));

        assertThat(stored).isEqualTo(new Stored(true, RelayState.ONLINE, true));
        Detail detail = detail(A);
        assertThat(detail.item().state()).isEqualTo(RelayState.ONLINE);
        assertThat(detail.item().open()).isEqualTo(online(A).report().rttOpen());
        assertThat(detail.item().writable()).isTrue();
        assertThat(detail.item().name()).isEqualTo("A");
        assertThat(detail.regions().get(0).report().write())
                .isEqualTo(online(A).report().write());
        assertThat(detail.document()).isEqualTo("{\"name\":\"A\"}");
    }

    @Test
    void storesAResultOnceHoweverOftenItComes() {
        await(store.store(online(A).finding(event(1, 100), TARGET)));
        await(STORAGE.outbox()
                .settled(RelayUrl.of(TARGET), List.of(new LastWord(event(1, 100).id(), "accepted", ""))));

        Stored again = await(store.store(offline(A).finding(event(2, 200), TARGET)));

        assertThat(again).isEqualTo(new Stored(false, RelayState.ONLINE, false));
        assertThat(STORAGE.value("SELECT count(*) FROM relay_results")).isEqualTo("1");
        assertThat(detail(A).item().state()).isEqualTo(RelayState.ONLINE);
        assertThat(await(STORAGE.outbox().depth())).isEmpty();
    }

    @Test
    void storesTheSameResultOnceWhenItComesTwiceAtOnce() {
        Future<Stored> one = store.store(online(A).finding());
        Future<Stored> other = store.store(online(A).finding());

        assertThat(List.of(await(one).isNew(), await(other).isNew())).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void replacesAnEventOnlyByANewerOne() {
        await(store.store(online(A).finding(event(1, 100), TARGET)));

        Stored same = await(store.store(online(A).minutesLater(15).finding(event(2, 100), TARGET)));
        Stored newer = await(store.store(online(A).minutesLater(30).finding(event(3, 101), TARGET)));

        assertThat(same).isEqualTo(new Stored(true, RelayState.ONLINE, false));
        assertThat(newer.eventStored()).isTrue();
        assertThat(await(STORAGE.outbox().discoveries(RelayUrl.of(A)))).containsExactly(event(3, 101));
    }

    @Test
    void storesTheOthersOfABatchWithOneThatCannotBeStored() {
        await(store.store(online(B).finding(event(1, 100), TARGET)));
        STORAGE.knowMany(50);
        List<Future<Stored>> good = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            good.add(store.store(online("wss://r%05d.example/".formatted(i)).finding()));
        }

        // Its event has the id of another relay's.
        Future<Stored> poison = store.store(online(A).finding(event(1, 100), TARGET));

        good.forEach(one -> assertThat(await(one).isNew()).isTrue());
        assertThatThrownBy(() -> await(poison)).hasMessageContaining("event_id");
        assertThat(STORAGE.value("SELECT count(*) FROM relay_results")).isEqualTo("51");
    }

    @Test
    void storesWhatStrangersWriteEvenIfItHoldsNul() {
        Reports strange = online(A).writeRefused(Reason.REFUSED).document("{\"name\":\"a\\u0000b\"}\0");
        Finding finding = new Reports(
                        strange.relay(),
                        strange.region(),
                        strange.at(),
                        strange.open(),
                        strange.read(),
                        new org.nostrmonitor.relay.Outcome.Refused(Reason.REFUSED, "nul \0 and \ud800 half"),
                        strange.nip11(),
                        strange.document(),
                        1)
                .finding();

        assertThat(await(store.store(finding)).isNew()).isTrue();
        assertThat(detail(A).regions().get(0).report().write().evidence()).isEqualTo("nul \uFFFD and \uFFFD half");
    }

    @Test
    void makesTheDayThatIsMissing() {
        Stored stored =
                await(store.store(online(A).at(NOON.plusSeconds(86400L * 365)).finding()));

        assertThat(stored.isNew()).isTrue();
        assertThat(STORAGE.value("SELECT to_regclass('relay_results_20270301') IS NOT NULL"))
                .isEqualTo("true");
    }

    @Test
    void dropsTheReportOfARelayThatIsGoneAndKeepsTheOthers() {
        Future<Stored> gone = store.store(online("wss://gone.example/").finding(event(1, 1), TARGET));
        Future<Stored> known = store.store(online(A).finding());

        assertThat(await(gone)).isEqualTo(Stored.UNKNOWN_RELAY);
        assertThat(await(known).isNew()).isTrue();
    }

    @Test
    void keepsTheStateOfARelayThatCouldNotBeMeasured() {
        await(store.store(online(A).finding()));

        Stored stored = await(store.store(unknown(A).minutesLater(15).finding()));

        assertThat(stored).isEqualTo(new Stored(true, RelayState.ONLINE, false));
        assertThat(detail(A).item().state()).isEqualTo(RelayState.ONLINE);
        assertThat(detail(A).item().checkedAt()).isEqualTo(online(A).report().checkedAt());
        assertThat(STORAGE.value("SELECT string_agg(state::text, ',' ORDER BY cycle) FROM relay_results"))
                .isEqualTo("1,0");
    }

    @Test
    void saysUnknownOfARelayThatWasNeverMeasured() {
        await(store.store(unknown(A).finding()));

        assertThat(detail(A).item().state()).isEqualTo(RelayState.UNKNOWN);
        assertThat(detail(A).item().checkedAt()).isNull();
        assertThat(detail(A).regions().get(0).report().open().reason()).isEqualTo(Reason.NO_PROXY);
    }

    @Test
    void storesALateReportWithoutGoingBack() {
        await(store.store(online(A).minutesLater(15).finding()));

        Stored late = await(store.store(offline(A).finding()));

        assertThat(late).isEqualTo(new Stored(true, RelayState.ONLINE, false));
        assertThat(detail(A).item().state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void storesTheJudgedStateInTheResultToo() {
        await(store.store(online(A).finding()));
        Stored stored =
                await(store.store(online(A).writeFailed().minutesLater(15).finding()));

        assertThat(stored.state()).isEqualTo(RelayState.DEGRADED);
        assertThat(STORAGE.value("SELECT string_agg(state::text, ',' ORDER BY cycle) FROM relay_results"))
                .isEqualTo("1,2");
        assertThat(detail(A).item().stage()).isEqualTo(org.nostrmonitor.relay.Stage.WRITE);
        assertThat(detail(A).item().reason()).isEqualTo(Reason.NO_REPLY);
        assertThat(detail(A).item().writable()).isFalse();
    }

    @Test
    void saysNothingOfWritingWhereItWasRateLimited() {
        await(store.store(online(A).writeRefused(Reason.RATE_LIMITED).finding()));

        assertThat(detail(A).item().writable()).isNull();
    }

    @Test
    void keepsTheDocumentWhileItCannotBeFetched() {
        await(store.store(online(A).finding()));
        await(store.store(online(A).nip11Failed().minutesLater(15).finding()));

        assertThat(detail(A).item().name()).isEqualTo("A");
        assertThat(detail(A).documentSeenAt()).isEqualTo(online(A).report().checkedAt());
    }

    @Test
    void followsTheMajorityOfRegionsAndTheBetterInATie() {
        await(store.store(online(A).in("eu").finding()));
        await(store.store(offline(A).in("us").finding()));
        assertThat(detail(A).item().state()).isEqualTo(RelayState.ONLINE);

        await(store.store(offline(A).in("asia").finding()));
        assertThat(detail(A).item().state()).isEqualTo(RelayState.OFFLINE);
        assertThat(detail(A).item().writable()).isNull();

        await(store.store(unknown(A).in("africa").finding()));
        assertThat(detail(A).item().state()).isEqualTo(RelayState.OFFLINE);
        assertThat(detail(A).regions()).hasSize(4);
    }

    @Test
    void letsARegionThatFellSilentHaveNoVote() {
        await(store.store(online(A).in("eu").finding()));

        await(store.store(offline(A).in("us").minutesLater(2 * 24 * 60).finding()));

        assertThat(detail(A).item().state()).isEqualTo(RelayState.OFFLINE);
    }

    @Test
    void changesTheSinceOfARelayWithItsStateOnly() {
        await(store.store(online(A).finding()));
        await(store.store(online(A).minutesLater(15).finding()));
        assertThat(detail(A).item().since()).isEqualTo(online(A).report().checkedAt());

        await(store.store(offline(A).minutesLater(30).finding()));
        assertThat(detail(A).item().since())
                .isEqualTo(offline(A).minutesLater(30).report().checkedAt());
    }

    @Test
    void keepsOneCopyOfADocumentThatManyServe() {
        await(store.store(online(A).finding()));
        await(store.store(online(B).finding()));

        assertThat(STORAGE.value("SELECT count(*) FROM relay_documents")).isEqualTo("1");
    }

    @Test
    void takesNoMoreThanItCanHoldAndLosesNothingItTook() {
        STORAGE.knowMany(2300);
        Promise<Void> release = Promise.promise();
        Promise<Void> locked = Promise.promise();
        Future<Void> holding = STORAGE.database()
                .transaction(connection -> Database.run(connection, "LOCK TABLE relay_results IN ACCESS EXCLUSIVE MODE")
                        .compose(rows -> {
                            locked.complete();
                            return release.future();
                        }));
        await(locked.future());

        List<Future<Stored>> all = new ArrayList<>();
        for (int i = 0; i < 2300; i++) {
            all.add(store.store(offline("wss://r%05d.example/".formatted(i)).finding()));
        }
        release.complete();
        await(holding);

        long refused = all.stream()
                .filter(one ->
                        await(one.transform(done -> Future.succeededFuture(done.cause() instanceof StoreOverloaded))))
                .count();
        assertThat(refused).isBetween(100L, 300L);
        assertThat(STORAGE.value("SELECT count(*) FROM relay_results")).isEqualTo("" + (2300 - refused));
    }

    @Test
    void storesReportsOfTheSameRelayFromTwoNodesWithoutLosingOne() {
        ReportStore otherNode = STORAGE.reports();
        STORAGE.knowMany(300);
        List<Future<Stored>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Reports report = online("wss://r%05d.example/".formatted(i)).opensIn(i);
            all.add(store.store(report.in("eu").finding()));
            all.add(otherNode.store(offline(report.relay().value()).in("us").finding()));
            all.add(otherNode.store(
                    offline(report.relay().value()).in("asia").minutesLater(1).finding()));
        }

        all.forEach(one -> assertThat(await(one).isNew()).isTrue());
        assertThat(STORAGE.value("SELECT count(*) FROM relay_summary WHERE state = 3"))
                .isEqualTo("300");
    }

    private static Detail detail(String url) {
        Detail detail = await(STORAGE.views().relay(RelayUrl.of(url)));
        return java.util.Objects.requireNonNull(detail);
    }
}
