package org.nostrmonitor.config;

import java.nio.CharBuffer;
import java.util.Arrays;

/** A secret on its way from where it was given to where it is used. Never printed, and wiped when it has arrived. */
public final class Secret {
    private final char[] characters;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    /** A copy: what it was made of is the caller's to wipe. */
    public static Secret of(CharSequence text) {
        char[] characters = new char[text.length()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = text.charAt(i);
        }
        return new Secret(characters);
    }

    /** What it says, not copied: zeros once it is forgotten. Make no string of it. */
    public CharSequence text() {
        return CharBuffer.wrap(characters).asReadOnlyBuffer();
    }

    /** Wipes it. */
    public void forget() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
