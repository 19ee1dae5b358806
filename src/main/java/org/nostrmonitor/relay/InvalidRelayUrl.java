package org.nostrmonitor.relay;

/** A text that is not the URL of a relay. The message says why in a few words, for people, without the text itself. */
public final class InvalidRelayUrl extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidRelayUrl(String why) {
        super(why, null, false, false);
    }

    /** Why it was rejected. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
