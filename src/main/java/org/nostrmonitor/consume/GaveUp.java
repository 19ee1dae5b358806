package org.nostrmonitor.consume;

/** Nobody answered for as long as it was worth waiting. */
final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    GaveUp() {
        super("nobody answered in time", null, false, false);
    }
}
