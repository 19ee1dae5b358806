package org.nostrmonitor.simulator;

/** The ranges of kinds (NIP-01). */
final class Kinds {
    static final int TEXT_NOTE = 1;
    /** NIP-42. */
    static final int AUTH = 22242;

    private Kinds() {}

    static boolean replaceable(int kind) {
        return kind == 0 || kind == 3 || (kind >= 10_000 && kind < 20_000);
    }

    static boolean ephemeral(int kind) {
        return kind >= 20_000 && kind < 30_000;
    }

    static boolean addressable(int kind) {
        return kind >= 30_000 && kind < 40_000;
    }
}
