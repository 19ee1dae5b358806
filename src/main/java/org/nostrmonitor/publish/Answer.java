package org.nostrmonitor.publish;

import java.util.Locale;
import org.nostrmonitor.nostr.RelayMessage;

/** What an {@code OK} means for the event: the boolean and the machine-readable prefix of its message (NIP-01, NIP-42). */
enum Answer {
    ACCEPTED,
    DUPLICATE,
    RATE_LIMITED,
    AUTH_REQUIRED,
    BLOCKED,
    INVALID,
    RESTRICTED,
    POW,
    MUTE,
    ERROR,
    /** Refused with no prefix, or one that is not known. */
    OTHER,
    /** Not an answer: the target goes silent or away whenever it is sent this event, and takes others. */
    NONE;

    static Answer of(RelayMessage.Ok ok) {
        if (ok.accepted()) {
            return ACCEPTED;
        }
        int colon = ok.message().indexOf(':');
        String prefix = colon < 0 ? "" : ok.message().substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (prefix) {
            case "duplicate" -> DUPLICATE;
            case "rate-limited" -> RATE_LIMITED;
            case "auth-required" -> AUTH_REQUIRED;
            case "blocked" -> BLOCKED;
            case "invalid" -> INVALID;
            case "restricted" -> RESTRICTED;
            case "pow" -> POW;
            case "mute" -> MUTE;
            case "error" -> ERROR;
            default -> OTHER;
        };
    }

    /** The prefix as relays write it: a label with few values. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
