package org.nostrmonitor.nip66;

/** The kind of the events that this monitor writes to find out whether a relay takes any. */
public final class TestKind {
    /** Ephemeral (NIP-01), and not among those that others use. */
    public static final int EPHEMERAL = 22166;

    private TestKind() {}
}
