package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.Added;
import org.nostrmonitor.storage.RelayRepository.Candidate;
import org.nostrmonitor.storage.RelayRepository.KnownRelay;

class PgRelayRepositoryTest {
    private static final RelayUrl A = RelayUrl.of("wss://a.example/");
    private static final RelayUrl B = RelayUrl.of("wss://b.example/");

    private static final Instant NEXT = Reports.NOON.plusSeconds(900);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private RelayRepository relays = STORAGE.relays();

    @BeforeEach
    void overTheDatabase() {
        relays = STORAGE.relays();
    }

    @Test
    void addsWhatIsNotKnown() {
        assertThat(await(relays.add(List.of(A, A), "one"))).isEqualTo(new Added(1, 0));
        assertThat(await(relays.add(List.of(A, B), "two"))).isEqualTo(new Added(1, 1));
        assertThat(await(relays.add(List.of(), "three"))).isEqualTo(new Added(0, 0));
    }

    @Test
    void addsMoreThanFitOneStatement() {
        List<RelayUrl> many = IntStream.range(0, 12_000)
                .mapToObj(i -> RelayUrl.of("wss://r" + i + ".example/"))
                .toList();

        assertThat(await(relays.add(many, "file"))).isEqualTo(new Added(12_000, 0));
        assertThat(await(relays.add(many, "file"))).isEqualTo(new Added(0, 12_000));
        assertThat(await(STORAGE.views().overview()).states()).containsEntry(RelayState.UNKNOWN, 12_000);
    }

    @Test
    void usesUpNoIdsForWhatIsKnown() {
        await(relays.add(List.of(A), "one"));
        for (int i = 0; i < 20; i++) {
            await(relays.add(List.of(A), "again"));
        }
        await(relays.add(List.of(B), "two"));

        int a = Objects.requireNonNull(await(relays.find(A, "eu"))).id();
        assertThat(Objects.requireNonNull(await(relays.find(B, "eu"))).id()).isEqualTo(a + 1);
    }

    @Test
    void readsTheCandidatesOfACycleAPageAtATimeAsTheRegionSawThem() {
        STORAGE.knowMany(25);
        STORAGE.postgres.execute("UPDATE relays SET enabled = false WHERE url = 'wss://r00007.example/'");
        await(STORAGE.reports().store(online("wss://r00003.example/").in("eu").finding()));
        beginNext();

        List<Integer> pages = new ArrayList<>();
        List<Candidate> all = candidates(10, pages);

        assertThat(all).hasSize(24).doesNotHaveDuplicates();
        assertThat(pages).containsExactly(10, 10, 4);
        Instant checked = online(A.value()).report().checkedAt();
        assertThat(all)
                .filteredOn(one -> one.relay().url().value().equals("wss://r00003.example/"))
                .containsExactly(new Candidate(
                        new KnownRelay(
                                all.stream()
                                        .filter(one -> one.relay().url().value().equals("wss://r00003.example/"))
                                        .findFirst()
                                        .orElseThrow()
                                        .relay()
                                        .id(),
                                RelayUrl.of("wss://r00003.example/"),
                                RelayState.ONLINE,
                                checked,
                                Reports.NOON,
                                checked,
                                checked,
                                checked,
                                checked,
                                null),
                        false));
        assertThat(all)
                .filteredOn(one -> one.relay().state() == RelayState.UNKNOWN)
                .hasSize(23);
    }

    @Test
    void putsOfOneHostFirstWhatIsStoredThenWhatHasWaitedLongest() {
        STORAGE.know("wss://h.example/1", "wss://h.example/2", "wss://h.example/3", "wss://h.example/4");
        await(STORAGE.reports().store(online("wss://h.example/1").in("eu").finding()));
        await(STORAGE.reports()
                .store(online("wss://h.example/2").in("eu").minutesLater(-15).finding()));
        await(STORAGE.reports()
                .store(online("wss://h.example/4").in("eu").minutesLater(15).finding()));
        beginNext();

        List<Candidate> all = candidates(2, new ArrayList<>());

        assertThat(all)
                .extracting(one -> one.relay().url().value() + " " + one.stored())
                .containsExactly(
                        "wss://h.example/4 true",
                        "wss://h.example/3 false",
                        "wss://h.example/2 false",
                        "wss://h.example/1 false");
    }

    @Test
    void holdsOnePageAtATimeAndStopsWhenItsReaderFails() {
        STORAGE.knowMany(25);
        beginNext();
        AtomicInteger pages = new AtomicInteger();

        assertThatThrownBy(() -> await(relays.candidates("eu", NEXT, 10, page -> {
                    pages.incrementAndGet();
                    return Future.failedFuture(new IllegalStateException("enough"));
                })))
                .hasMessage("enough");
        assertThat(pages).hasValue(1);
        assertThat(candidates(100, new ArrayList<>()))
                .as("the connection is fine")
                .hasSize(25);
    }

    private static void beginNext() {
        await(new PgCycleRepository(STORAGE.database()).begin(STORAGE.lead(), NEXT, "eu", NEXT.plusSeconds(900)));
    }

    private List<Candidate> candidates(int page, List<Integer> pages) {
        List<Candidate> all = new ArrayList<>();
        await(relays.candidates("eu", NEXT, page, some -> {
            pages.add(some.size());
            all.addAll(some);
            return Future.succeededFuture();
        }));
        return all;
    }

    @Test
    void findsOneOrNone() {
        await(relays.add(List.of(A), "one"));

        assertThat(Objects.requireNonNull(await(relays.find(A, "eu"))).url()).isEqualTo(A);
        assertThat(await(relays.find(B, "eu"))).isNull();
    }
}
