package org.nostrmonitor.storage;

import org.nostrmonitor.nostr.PlainText;

/**
 * What a target said of an event in the end: nothing more is asked of it.
 *
 * @param answer {@code accepted}, the prefix of a refusal ({@code blocked}), {@code other}, or {@code none} of an event that
 *     was given up without an answer
 * @param text the target's own words, or ours if there is no answer; cut to {@value #LONGEST} characters, storable
 */
public record LastWord(String eventId, String answer, String text) {
    static final int LONGEST = 200;

    public LastWord {
        text = PlainText.storable(text, LONGEST);
    }
}
