package org.nostrmonitor.storage;

/** So many reports wait for PostgreSQL that no more are taken. Storing again later is safe. */
public final class StoreOverloaded extends StoreUnavailable {
    private static final long serialVersionUID = 1;

    StoreOverloaded(int waiting) {
        super(waiting + " reports wait to be stored", null);
    }
}
