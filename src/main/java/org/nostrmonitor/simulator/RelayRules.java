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
        WHEN_REFUSED,
        BEHIND_REFUSAL
    }

    /** What becomes of a question that not all relays know. */
    enum Skill {
        /** It is answered as its NIP says. */
        WORKS,
        /** It is called unknown, or, in a REQ, the unknown part is ignored. */
        UNKNOWN,
        /** Nothing is answered. */
        IGNORED,
        /** The connection is closed. */
        CLOSES
    }

    RelayUrl url();

    Challenge challenge();

    /** Why it does not answer a REQ, with the prefix of NIP-01, or null. */
    @Nullable
    String readRefusal(boolean authenticated);

    /** Why it does not take this event, with the prefix of NIP-01, or null. */
    @Nullable
    String writeRefusal(NostrEvent event, boolean authenticated);

    /** Whether it says nothing at all to who has not proved a key. */
    default boolean ignores(boolean authenticated) {
        return false;
    }

    /** NIP-45. */
    default Skill counts() {
        return Skill.WORKS;
    }

    /** NIP-50. */
    default Skill searches() {
        return Skill.WORKS;
    }

    /** NIP-77. */
    default Skill syncs() {
        return Skill.WORKS;
    }

    /** Whether it drops what has expired (NIP-40), and what is protected and not from its author (NIP-70). */
    default boolean dropsExpiredAndProtected() {
        return true;
    }

    /** The text of an {@code OK true} for an event that is not kept. */
    default String takenText() {
        return "";
    }

    /** What it has, in the order in which it is sent. */
    List<NostrEvent> stored(List<Filter> filters);

    /** Takes a valid event. The text of its {@code OK true}. */
    String keep(NostrEvent event);

    /** Those who listen. */
    Audience audience();

    /** How long the next answer takes, in milliseconds. */
    long delayMs();
}
