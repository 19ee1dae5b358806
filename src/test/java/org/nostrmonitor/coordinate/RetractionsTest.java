package org.nostrmonitor.coordinate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.coordinate.Retractions.Retracted;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.RelayUrl;

class RetractionsTest {
    private static final RelayUrl RELAY = RelayUrl.of("wss://secret.example/");
    private static final RelayUrl TARGET = RelayUrl.of("wss://one.example/");

    private final MovableClock clock = new MovableClock("2026-03-02T03:17:00Z");
    private final EventSigner ours = EventSigner.of(SecretKey.random());
    private final EventSigner theirs = EventSigner.of(SecretKey.random());
    private final List<NostrEvent> published = new ArrayList<>();
    private final StoredAnnouncements outbox = new StoredAnnouncements() {
        @Override
        public Future<List<NostrEvent>> discoveries(RelayUrl relay) {
            return Future.succeededFuture(relay.equals(RELAY) ? published : List.of());
        }
    };
    private final Retractions retractions = new Retractions(outbox, KeyRing.of(ours), List.of(TARGET), clock);

    @Test
    void asksTheTargetsToForgetWhatItSigned() {
        published.add(event(ours, clock.instant().getEpochSecond() + 5));

        Retracted retracted = retractions.retract(RELAY, "not for the public").result();

        outbox.by(ours.publicKey());
        NostrEvent request = outbox.ofKind(5);
        assertThat(retracted).isEqualTo(new Retracted(List.of(request), List.of()));
        assertThat(request.content()).isEqualTo("not for the public");
        assertThat(request.tags())
                .containsExactly(
                        List.of("a", "30166:" + ours.publicKey() + ":wss://secret.example/"), List.of("k", "30166"));
        assertThat(request.createdAt()).isEqualTo(clock.instant().getEpochSecond() + 5);
        assertThat(Signatures.verify(request)).isTrue();
        assertThat(outbox.targets(5)).containsExactly(TARGET);
    }

    @Test
    void saysWhichEventsAnotherKeySigned() {
        published.add(event(theirs, 100));

        assertThat(retractions.retract(RELAY, "").result())
                .isEqualTo(new Retracted(List.of(), List.of(theirs.publicKey())));
    }

    @Test
    void asksNothingWhereNothingWasSaid() {
        assertThat(retractions.retract(TARGET, "").result()).isEqualTo(new Retracted(List.of(), List.of()));
    }

    private static NostrEvent event(EventSigner signer, long at) {
        return signer.sign(new EventTemplate(at, 30166, List.of(List.of("d", RELAY.value())), ""));
    }
}
