package org.nostrmonitor.simulator;

import java.util.List;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.relay.RelayUrl;

/** Events of one author, to send to relays. */
final class Events {
    static final int EPHEMERAL = 22166;
    static final int ADDRESSABLE = 30166;

    private final EventSigner author = EventSigner.of(SecretKey.random());

    String pubkey() {
        return author.publicKey();
    }

    NostrEvent at(long createdAt, int kind, List<List<String>> tags, String content) {
        return author.sign(new EventTemplate(createdAt, kind, tags, content));
    }

    NostrEvent now(int kind) {
        return at(System.currentTimeMillis() / 1000, kind, List.of(), "said in a test");
    }

    NostrEvent addressable(long createdAt, String d, String content) {
        return at(createdAt, ADDRESSABLE, List.of(List.of("d", d)), content);
    }

    NostrEvent answerTo(String challenge, RelayUrl relay) {
        return at(
                System.currentTimeMillis() / 1000,
                Kinds.AUTH,
                List.of(List.of("relay", relay.value()), List.of("challenge", challenge)),
                "");
    }

    /** With a signature that is somebody else's. */
    static NostrEvent forged(NostrEvent event) {
        String sig = event.sig().substring(2) + (event.sig().startsWith("00") ? "01" : "00");
        return new NostrEvent(
                event.id(), event.pubkey(), event.createdAt(), event.kind(), event.tags(), event.content(), sig);
    }
}
