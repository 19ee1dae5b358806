package org.nostrmonitor.probe;

/**
 * Counts the bytes that one probe has received, on all its connections, until it is over. The first ones are its own: hostile
 * relays that use up what all have together take nothing from a relay that says the usual. Used on one event loop.
 */
final class Purse {
    /** Several times what a decent relay sends: handshake, event and document are mostly less than 20 KiB. */
    static final int OWN = 64 << 10;

    private final Pot common;
    private long held;
    private long borrowed;
    private boolean usedUp;
    private boolean closed;

    Purse(Pot common) {
        this.common = common;
    }

    /** Whether these bytes may be kept. If not, the probe shows nothing any more, unless it was over. */
    boolean take(int bytes) {
        long wanted = Math.max(0, held + bytes - OWN) - borrowed;
        if (wanted > 0 && (closed || !common.take(wanted))) {
            usedUp |= !closed;
            return false;
        }
        held += bytes;
        borrowed += wanted;
        return true;
    }

    /** Whether the probe was cut short because of others. */
    boolean isUsedUp() {
        return usedUp;
    }

    /** The probe is over. A goodbye that is still to come has what is left of its own. */
    void close() {
        if (!closed) {
            closed = true;
            common.give(borrowed);
        }
    }
}
