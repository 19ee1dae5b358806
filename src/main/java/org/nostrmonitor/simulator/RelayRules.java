package org.nostrmonitor.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/** What a relay lets whom do, and what it has: all that differs between relays that speak. */
interface RelayRules {
    /** When a client is asked to prove its key (NIP-42). */
    enum Challenge {
        NEVER,
        AT_CONNECT,
        WHEN_REFUSED
    }

    RelayUrl url();

    Challenge challenge();

    /** Why it does not answer a REQ, with the prefix of NIP-01, or null. */
    @Nullable
    String readRefusal(boolean authenticated);

    /** Why it does not take this event, with the prefix of NIP-01, or null. */
    @Nullable
    String writeRefusal(NostrEvent event, boolean authenticated);

    /** What it has, in the order in which it is sent. */
    List<NostrEvent> stored(List<Filter> filters);

    /** Takes a valid event. The text of its {@code OK true}. */
    String keep(NostrEvent event);

    /** Those who listen. */
    Audience audience();

    /** How long the next answer takes, in milliseconds. */
    long delayMs();
}
