package org.nostrmonitor.discover;

import java.util.Locale;

/** What became of an event that was heard. */
enum Verdict {
    SIGHTING,
    ANNOUNCEMENT,
    PROFILE,
    /** Heard a moment ago, from this source or another one. */
    REPEATED,
    /** Signed by a key of ours. */
    OWN,
    /** Of more than ten minutes hence. */
    FUTURE,
    /** Older than a week. */
    OLD,
    /** About no relay. */
    NO_RELAY,
    /** Of a kind that was not asked for, or with more tags than anybody needs. */
    UNWANTED,
    /** Its id or its signature is wrong. */
    FORGED,
    /** No message of a relay. */
    UNREADABLE,
    /** By a monitor that there is no place for. */
    CROWDED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
