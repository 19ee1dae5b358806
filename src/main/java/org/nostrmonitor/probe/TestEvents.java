package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.nip66.TestKind;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProofOfWork;
import org.nostrmonitor.relay.RelayUrl;

/**
 * The events that a probe writes. All are ephemeral (NIP-01), so that no relay keeps one, expire soon (NIP-40), name the relay
 * that they are for, and are signed by the monitor's key: it is someone else's relay, and its operator should see who asks.
 */
final class TestEvents {
    private static final Duration EXPIRES_AFTER = Duration.ofSeconds(60);
    private static final int TRIES_WITHOUT_WORK = 24;
    private static final String CONTENT =
            "A NIP-66 relay monitor asks whether this relay accepts events. This one is ephemeral and expires in a minute.";
    private static final String EXPIRED =
            "A NIP-66 relay monitor asks whether this relay drops expired events (NIP-40), as it says. This one is ephemeral.";
    private static final String PROTECTED =
            "A NIP-66 relay monitor asks whether this relay refuses protected events (NIP-70), as it says. This one is ephemeral.";

    private final EventSigner signer;
    private final RelayUrl relay;
    private final InstantSource clock;
    private final Miner miner;

    TestEvents(EventSigner signer, RelayUrl relay, InstantSource clock, Miner miner) {
        this.signer = signer;
        this.relay = relay;
        this.clock = clock;
        this.miner = miner;
    }

    String author() {
        return signer.publicKey();
    }

    /** The one that any open relay takes. Its id has no leading zero bit, so that to take it is to ask for no work. */
    NostrEvent plain() {
        NostrEvent event = signer.sign(template(EXPIRES_AFTER, CONTENT));
        for (int i = 1; i < TRIES_WITHOUT_WORK && ProofOfWork.of(event.id()) > 0; i++) {
            event = signer.sign(template(EXPIRES_AFTER.minusSeconds(i), CONTENT));
        }
        return event;
    }

    /** With the work that a relay wants; empty if it could not be done in time. */
    Future<Optional<NostrEvent>> mined(int bits, Deadline deadline) {
        return miner.mine(template(EXPIRES_AFTER, CONTENT), author(), bits, deadline)
                .map(found -> found.map(signer::sign));
    }

    /** One that expired a minute ago. It is not older than others, so that nothing but its expiration is against it. */
    NostrEvent expired() {
        return signer.sign(template(EXPIRES_AFTER.negated(), EXPIRED));
    }

    /** One that only its author may publish, having proved to be that (NIP-70). */
    NostrEvent protectedOne() {
        return signer.sign(template(EXPIRES_AFTER, PROTECTED, List.of(List.of("-"))));
    }

    private EventTemplate template(Duration expiresAfter, String content) {
        return template(expiresAfter, content, List.of());
    }

    private EventTemplate template(Duration expiresAfter, String content, List<List<String>> more) {
        long now = clock.instant().getEpochSecond();
        List<List<String>> tags = new ArrayList<>();
        tags.add(List.of("relay", relay.value()));
        tags.add(List.of("expiration", Long.toString(now + expiresAfter.toSeconds())));
        tags.addAll(more);
        return new EventTemplate(now, TestKind.EPHEMERAL, tags, content);
    }
}
