package org.nostrmonitor.storage;

import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL takes no reports now: it is away, too slow, or full. No report is to blame, and storing the same again later is
 * safe.
 */
public sealed class StoreUnavailable extends RuntimeException permits StoreOverloaded {
    private static final long serialVersionUID = 1;

    StoreUnavailable(@Nullable String why, @Nullable Throwable cause) {
        super(why, cause, false, false);
    }
}
