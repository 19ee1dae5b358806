package org.nostrmonitor.simulator;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.nostrmonitor.nostr.NostrEvent;

/** The open conversations of one relay. Safe for several event loops. */
final class Audience {
    private final Set<Conversation> present = new CopyOnWriteArraySet<>();

    void join(Conversation conversation) {
        present.add(conversation);
    }

    void leave(Conversation conversation) {
        present.remove(conversation);
    }

    /** Sends an event to every subscription that asked for it. */
    void tell(NostrEvent event) {
        present.forEach(conversation -> conversation.tell(event));
    }
}
