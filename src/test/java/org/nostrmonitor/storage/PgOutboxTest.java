package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.event;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import java.util.List;
import java.util.Map;
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

        await(STORAGE.outbox().settled(TWO, List.of(event(1, 100).id())));

        assertThat(pending(ONE)).containsExactly(event(1, 100));
        assertThat(pending(TWO)).isEmpty();
        assertThat(await(STORAGE.outbox().depth())).isEqualTo(Map.of(ONE.value(), 1));
    }

    @Test
    void neverSendsWhatANewerEventReplaced() {
        store("wss://a.example/", 0, event(1, 100));
        store("wss://a.example/", 15, event(2, 200));

        assertThat(pending(ONE)).containsExactly(event(2, 200));
        await(STORAGE.outbox().settled(ONE, List.of(event(1, 100).id())));
        assertThat(pending(ONE)).containsExactly(event(2, 200));
    }

    @Test
    void givesTheOldestFirstAndLeavesOutWhatIsOnItsWay() {
        store("wss://a.example/", 0, event(1, 300));
        store("wss://b.example/", 0, event(2, 200));
        await(STORAGE.outbox().announce(event(3, 100, 10166), List.of(ONE)));

        assertThat(await(STORAGE.outbox().pending(ONE, 2, List.of()))).containsExactly(event(1, 300), event(2, 200));
        assertThat(await(STORAGE.outbox().pending(ONE, 2, List.of(event(1, 300).id()))))
                .containsExactly(event(2, 200), event(3, 100, 10166));
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
        await(STORAGE.outbox().settled(ONE, List.of(event(1, 100).id())));
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
        await(STORAGE.outbox().settled(ONE, List.of(request.id())));
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

    private static void store(String relay, long minute, NostrEvent event) {
        STORAGE.know(relay);
        await(STORAGE.reports().store(online(relay).minutesLater(minute).finding(event, ONE.value(), TWO.value())));
    }

    private static List<NostrEvent> pending(RelayUrl target) {
        return await(STORAGE.outbox().pending(target, 10, List.of()));
    }
}
