package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.event;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

class PgOutboxTest {
    private static final RelayUrl ONE = RelayUrl.of("wss://one.example/");
    private static final RelayUrl TWO = RelayUrl.of("wss://two.example/a,b\"c");

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void keepsAnEventUntilEachTargetHasIt() {
        store("wss://a.example/", 0, event(1, 100));

        await(STORAGE.outbox().settled(TWO, List.of(accepted(event(1, 100)))));

        assertThat(pending(ONE)).containsExactly(event(1, 100));
        assertThat(pending(TWO)).isEmpty();
        assertThat(await(STORAGE.outbox().depth())).isEqualTo(Map.of(ONE.value(), 1));
    }

    @Test
    void neverSendsWhatANewerEventReplaced() {
        store("wss://a.example/", 0, event(1, 100));
        store("wss://a.example/", 15, event(2, 200));

        assertThat(pending(ONE)).containsExactly(event(2, 200));
        await(STORAGE.outbox().settled(ONE, List.of(accepted(event(1, 100)))));
        assertThat(pending(ONE)).containsExactly(event(2, 200));
    }

    @Test
    void givesTheOldestFirstAndLeavesOutWhatIsOnItsWay() {
        store("wss://a.example/", 0, event(1, 300));
        store("wss://b.example/", 0, event(2, 200));
        await(STORAGE.outbox().announce(event(3, 100, 10166), List.of(ONE)));

        assertThat(pending(2)).containsExactly(event(1, 300), event(2, 200));
        assertThat(pending(2, event(1, 300).id())).containsExactly(event(2, 200), event(3, 100, 10166));
    }

    @Test
    void announcesOnlyWhatIsNewer() {
        assertThat(await(STORAGE.outbox().announce(event(1, 100, 10166), List.of(ONE))))
                .isTrue();
        assertThat(await(STORAGE.outbox().announce(event(2, 100, 10166), List.of(ONE))))
                .isFalse();
        assertThat(await(STORAGE.outbox().announce(event(3, 100, 0), List.of(TWO))))
                .isTrue();

        assertThat(await(STORAGE.outbox().announcements(event(1, 1).pubkey())))
                .containsExactly(event(3, 100, 0), event(1, 100, 10166));
        await(STORAGE.outbox().settled(ONE, List.of(accepted(event(1, 100)))));
        assertThat(await(STORAGE.outbox().depth())).isEqualTo(Map.of(TWO.value(), 1));
    }

    @Test
    void forgetsWhatIsTakenBackAndSendsTheRequestInItsPlace() {
        store("wss://a.example/", 0, event(1, 100));
        store("wss://b.example/", 0, event(2, 100));
        NostrEvent request = request(3, 100, "30166:" + event(1, 1).pubkey() + ":wss://a.example/");

        assertThat(await(STORAGE.outbox().retract(request, List.of(ONE)))).isTrue();

        assertThat(pending(ONE)).containsExactlyInAnyOrder(event(2, 100), request);
        assertThat(await(STORAGE.outbox().discoveries(RelayUrl.of("wss://a.example/"))))
                .isEmpty();
        assertThat(await(STORAGE.outbox().discoveries(RelayUrl.of("wss://b.example/"))))
                .containsExactly(event(2, 100));
        await(STORAGE.outbox().settled(ONE, List.of(accepted(request))));
        assertThat(pending(ONE)).containsExactly(event(2, 100));
    }

    @Test
    void keepsWhatIsNewerThanTheRequestAndWhatAnotherSigned() {
        store("wss://a.example/", 0, event(1, 100));

        await(STORAGE.outbox()
                .retract(request(3, 99, "30166:" + event(1, 1).pubkey() + ":wss://a.example/"), List.of()));
        await(STORAGE.outbox().retract(request(4, 200, "30166:" + "ef".repeat(32) + ":wss://a.example/"), List.of()));
        await(STORAGE.outbox()
                .retract(request(5, 200, "30166:" + event(1, 1).pubkey() + ":wss://A.example/"), List.of()));

        assertThat(await(STORAGE.outbox().discoveries(RelayUrl.of("wss://a.example/"))))
                .containsExactly(event(1, 100));
    }

    @Test
    void takesBackAnAnnouncementAndKeepsOneRequestForEachAddress() {
        String author = event(1, 1).pubkey();
        await(STORAGE.outbox().announce(event(1, 100, 10166), List.of(ONE)));
        NostrEvent first = request(2, 100, "10166:" + author + ":");

        assertThat(await(STORAGE.outbox().retract(first, List.of(ONE)))).isTrue();
        assertThat(await(STORAGE.outbox().retract(request(3, 100, "10166:" + author + ":"), List.of(ONE))))
                .isFalse();
        NostrEvent other = request(4, 100, "30166:" + author + ":wss://never.example/");
        assertThat(await(STORAGE.outbox().retract(other, List.of(ONE)))).isTrue();

        assertThat(await(STORAGE.outbox().announcements(author))).containsExactly(first, other);
    }

    private static NostrEvent request(int id, long at, String address) {
        NostrEvent plain = event(id, at, 5);
        return new NostrEvent(
                plain.id(), plain.pubkey(), at, 5, List.of(List.of("a", address)), plain.content(), plain.sig());
    }

    @Test
    void keepsWhatEachTargetSaidWithTheEvent() {
        store("wss://a.example/", 0, event(1, 100));
        store("wss://b.example/", 0, event(2, 100));
        Instant before = Instant.now().minusSeconds(2);

        String rude = "blocked: \0 \ud800 " + "x".repeat(300);
        await(STORAGE.outbox()
                .settled(
                        TWO,
                        List.of(
                                accepted(event(2, 100)),
                                new LastWord(event(1, 100).id(), "blocked", rude))));

        Published one = published("wss://a.example/");
        assertThat(one.event()).isEqualTo(event(1, 100));
        assertThat(one.pending()).containsExactly(ONE);
        assertThat(one.deliveries()).containsOnlyKeys(TWO);
        Published.Delivery said = Objects.requireNonNull(one.deliveries().get(TWO));
        assertThat(said.accepted()).isFalse();
        assertThat(said.answer()).isEqualTo("blocked");
        assertThat(said.text()).startsWith("blocked: \ufffd \ufffd xxx").hasSize(200);
        assertThat(said.at()).isBetween(before, Instant.now().plusSeconds(2));
        assertThat(Objects.requireNonNull(
                                published("wss://b.example/").deliveries().get(TWO))
                        .accepted())
                .isTrue();
    }

    @Test
    void keepsTheFirstLastWordOnly() {
        store("wss://a.example/", 0, event(1, 100));

        await(STORAGE.outbox().settled(ONE, List.of(accepted(event(1, 100)))));
        await(STORAGE.outbox().settled(ONE, List.of(new LastWord(event(1, 100).id(), "invalid", "too late"))));

        assertThat(Objects.requireNonNull(
                                published("wss://a.example/").deliveries().get(ONE))
                        .answer())
                .isEqualTo("accepted");
    }

    @Test
    void beginsWithNoLastWordsOnANewerEvent() {
        store("wss://a.example/", 0, event(1, 100));
        await(STORAGE.outbox().settled(ONE, List.of(accepted(event(1, 100)))));
        await(STORAGE.outbox().announce(event(3, 100, 10166), List.of(ONE)));
        await(STORAGE.outbox().settled(ONE, List.of(accepted(event(3, 100, 10166)))));

        store("wss://a.example/", 15, event(2, 200));
        await(STORAGE.outbox().announce(event(4, 200, 10166), List.of(ONE)));

        assertThat(published("wss://a.example/").deliveries()).isEmpty();
        assertThat(published("wss://a.example/").pending()).containsExactly(ONE, TWO);
        assertThat(STORAGE.value("SELECT deliveries::text FROM announcements")).isEqualTo("{}");
    }

    @Test
    void settlesForEachTargetAtTheSameTime() {
        List<LastWord> words = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            store("wss://r%d.example/".formatted(i), 0, event(i + 1, 100));
            words.add(accepted(event(i + 1, 100)));
        }
        List<LastWord> backwards = new ArrayList<>(words);
        Collections.reverse(backwards);

        await(Future.all(STORAGE.outbox().settled(ONE, words), STORAGE.outbox().settled(TWO, backwards)));

        assertThat(await(STORAGE.outbox().depth())).isEmpty();
        assertThat(published("wss://r49.example/").deliveries()).containsOnlyKeys(ONE, TWO);
    }

    private static LastWord accepted(NostrEvent event) {
        return new LastWord(event.id(), "accepted", "");
    }

    private static Published published(String relay) {
        return await(STORAGE.outbox().deliveries(RelayUrl.of(relay))).get(0);
    }

    private static void store(String relay, long minute, NostrEvent event) {
        STORAGE.know(relay);
        await(STORAGE.reports().store(online(relay).minutesLater(minute).finding(event, ONE.value(), TWO.value())));
    }

    @Test
    void givesOnlyWhatIsStillPendingAndInTheOrderThatIsAskedFor() {
        store("wss://a.example/", 0, event(1, 100));
        store("wss://b.example/", 0, event(2, 100));
        store("wss://c.example/", 0, event(3, 100));
        await(STORAGE.outbox().announce(event(4, 100, 10166), List.of(ONE)));
        List<String> ids = List.of(
                event(4, 1).id(),
                event(3, 1).id(),
                event(2, 1).id(),
                event(1, 1).id());

        store("wss://a.example/", 15, event(5, 200));
        await(STORAGE.outbox().settled(ONE, List.of(accepted(event(2, 100)))));

        assertThat(await(STORAGE.outbox().pending(ONE, ids))).containsExactly(event(4, 100, 10166), event(3, 100));
        assertThat(await(STORAGE.outbox().pending(TWO, ids))).containsExactly(event(3, 100), event(2, 100));
    }

    private static List<NostrEvent> pending(RelayUrl target) {
        return await(STORAGE.outbox().pending(target, 10, List.of()));
    }

    private static List<NostrEvent> pending(int most, String... exceptIds) {
        return await(STORAGE.outbox().pending(ONE, most, List.of(exceptIds)));
    }
}
