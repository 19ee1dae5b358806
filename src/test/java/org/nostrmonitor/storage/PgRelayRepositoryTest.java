package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.Added;
import org.nostrmonitor.storage.RelayRepository.KnownRelay;

class PgRelayRepositoryTest {
    private static final RelayUrl A = RelayUrl.of("wss://a.example/");
    private static final RelayUrl B = RelayUrl.of("wss://b.example/");

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
    void listsTheEnabledPageByPageAsTheRegionSawThem() {
        STORAGE.knowMany(25);
        STORAGE.postgres.execute("UPDATE relays SET enabled = false WHERE url = 'wss://r00007.example/'");
        await(STORAGE.reports().store(online("wss://r00003.example/").in("eu").finding()));

        List<KnownRelay> all = new ArrayList<>();
        List<KnownRelay> page = await(relays.enabledAfter(0, 10, "eu"));
        while (!page.isEmpty()) {
            all.addAll(page);
            page = await(relays.enabledAfter(all.get(all.size() - 1).id(), 10, "eu"));
        }

        assertThat(all).hasSize(24).extracting(KnownRelay::id).isSorted().doesNotHaveDuplicates();
        assertThat(all.get(3).state()).isEqualTo(RelayState.ONLINE);
        assertThat(all.get(3).writeTestedAt())
                .isEqualTo(online(A.value()).report().checkedAt());
        assertThat(await(relays.enabledAfter(0, 30, "us"))).allMatch(relay -> relay.state() == RelayState.UNKNOWN);
    }

    @Test
    void findsOneOrNone() {
        await(relays.add(List.of(A), "one"));

        assertThat(Objects.requireNonNull(await(relays.find(A, "eu"))).url()).isEqualTo(A);
        assertThat(await(relays.find(B, "eu"))).isNull();
    }
}
