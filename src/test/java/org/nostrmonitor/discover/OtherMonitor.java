package org.nostrmonitor.discover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.SecretKey;

/** Somebody else who monitors relays. */
final class OtherMonitor {
    private final EventSigner signer = EventSigner.of(SecretKey.random());

    String key() {
        return signer.publicKey();
    }

    NostrEvent sees(String relay, Instant at) {
        return sees(relay, at, "");
    }

    /** @param open milliseconds, or empty to say nothing of it */
    NostrEvent sees(String relay, Instant at, String open) {
        List<List<String>> tags = new ArrayList<>(List.of(List.of("d", relay), List.of("n", "clearnet")));
        if (!open.isEmpty()) {
            tags.add(List.of("rtt-open", open));
        }
        return says(30166, at, tags, "");
    }

    NostrEvent looksEvery(int seconds, Instant at) {
        return says(10166, at, List.of(List.of("frequency", "" + seconds), List.of("g", "u33"), List.of("g", "u")), "");
    }

    NostrEvent isCalled(String name, Instant at) {
        return says(0, at, List.of(), "{\"name\":\"" + name + "\"}");
    }

    NostrEvent says(int kind, Instant at, List<List<String>> tags, String content) {
        return signer.sign(new EventTemplate(at.getEpochSecond(), kind, tags, content));
    }

    /** With a signature that is somebody else's. */
    static NostrEvent forged(NostrEvent event) {
        String sig = event.sig().substring(2) + (event.sig().startsWith("00") ? "01" : "00");
        return new NostrEvent(
                event.id(), event.pubkey(), event.createdAt(), event.kind(), event.tags(), event.content(), sig);
    }

    static String message(String subscription, NostrEvent event) {
        return new RelayMessage.Event(subscription, event).toJson();
    }
}
