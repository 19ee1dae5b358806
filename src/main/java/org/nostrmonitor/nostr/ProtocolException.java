package org.nostrmonitor.nostr;

/** A text that is not what the Nostr protocol asks for at its place. The message is bounded and for people. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
