package org.nostrmonitor.discover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.Filter;

/**
 * Reads backwards what a relay has of a span of time: each page ends where the last one began, since a relay answers with the
 * newest of what is asked for (NIP-01), and with fewer than it was asked for if it likes.
 *
 * <p>The second in which a page ends is asked for again. If a relay has more events of one second than it gives at once, the rest
 * of that second is passed over.
 */
final class Paging {
    private final long since;
    private final int page;
    private long until;
    private long oldest = Long.MAX_VALUE;

    Paging(Instant since, Instant until, int page) {
        this.since = since.getEpochSecond();
        this.until = until.getEpochSecond();
        this.page = page;
    }

    /** What to ask for next. */
    Filter filter() {
        return new Filter(List.of(), List.of(), List.of(RelayDiscovery.KIND), Map.of(), since, until, page);
    }

    /** An event of the page. One that was not asked for does not count. */
    void heard(long createdAt) {
        if (createdAt >= since && createdAt <= until) {
            oldest = Math.min(oldest, createdAt);
        }
    }

    /** The page is over. True if there may be another one: the end moves back by a second at least, so this has an end. */
    boolean turn() {
        boolean empty = oldest == Long.MAX_VALUE;
        until = oldest < until ? oldest : until - 1;
        oldest = Long.MAX_VALUE;
        return !empty && until >= since;
    }
}
