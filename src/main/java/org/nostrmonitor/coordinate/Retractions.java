package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.nip66.Deletion;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Outbox;

/** Takes back discovery events that should never have been: a relay that must not be known, a URL that leads elsewhere. */
public final class Retractions {
    private static final long STORAGE_TIMEOUT_S = 30;

    private final Outbox outbox;
    private final KeyRing keys;
    private final List<RelayUrl> targets;
    private final InstantSource clock;

    /** @param targets who gets the deletion requests */
    public Retractions(Outbox outbox, KeyRing keys, List<RelayUrl> targets, InstantSource clock) {
        this.outbox = outbox;
        this.keys = keys;
        this.targets = List.copyOf(targets);
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param requests the deletion requests that were stored, one for each key that had signed an event of the relay
     * @param otherKeys public keys that signed such an event too, and whose secret is not here
     */
    public record Retracted(List<NostrEvent> requests, List<String> otherKeys) {
        public Retracted {
            requests = List.copyOf(requests);
            otherKeys = List.copyOf(otherKeys);
        }
    }

    /**
     * Asks all targets to forget what was said of a relay, and forgets it here. The relay itself stays in the list: the next
     * check that finds it online says so again. Completes when the requests are stored; fails if PostgreSQL does.
     *
     * @param reason for people; it is part of the public request, and may be empty
     */
    public Future<Retracted> retract(RelayUrl relay, String reason) {
        return outbox.discoveries(relay)
                .timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS)
                .compose(events -> retract(relay, reason, events));
    }

    private Future<Retracted> retract(RelayUrl relay, String reason, List<NostrEvent> events) {
        List<NostrEvent> requests = new ArrayList<>();
        List<String> otherKeys = new ArrayList<>();
        for (NostrEvent event : events) {
            keys.signer(event.pubkey())
                    .ifPresentOrElse(
                            signer -> requests.add(request(signer, relay, reason, event)),
                            () -> otherKeys.add(event.pubkey()));
        }
        Future<?> stored = Future.succeededFuture();
        for (NostrEvent request : requests) {
            stored = stored.compose(
                    done -> outbox.retract(request, targets).timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS));
        }
        return stored.map(done -> new Retracted(requests, otherKeys));
    }

    /** Not older than what it takes back, or it would take back nothing (NIP-09). */
    private NostrEvent request(EventSigner signer, RelayUrl relay, String reason, NostrEvent event) {
        return signer.sign(Deletion.ofDiscovery(relay, signer.publicKey(), reason, clock.instant())
                .notBefore(event.createdAt()));
    }
}
