package org.nostrmonitor.storage;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Query;

/** Queries made from others. */
public final class Queries {
    private Queries() {}

    /** With these further conditions instead of its own. */
    public static Query narrowed(Query query, Narrowing to) {
        return new Query(
                query.text(),
                query.state(),
                query.network(),
                query.software(),
                query.nip(),
                query.writable(),
                query.aliases(),
                to,
                query.sort(),
                query.descending(),
                query.cursor(),
                query.most());
    }

    /** Another page of it. */
    public static Query at(Query query, @Nullable String cursor, int most) {
        return new Query(
                query.text(),
                query.state(),
                query.network(),
                query.software(),
                query.nip(),
                query.writable(),
                query.aliases(),
                query.narrowing(),
                query.sort(),
                query.descending(),
                cursor,
                most);
    }
}
