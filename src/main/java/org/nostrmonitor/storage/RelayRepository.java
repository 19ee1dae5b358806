package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;

/** The relays that are known, and which of them are checked. */
public interface RelayRepository {
    /** Adds those that are not known, enabled. Any number at a time. */
    Future<Added> add(Collection<RelayUrl> relays, String source);

    /** Enabled relays in the order of their ids, a page at a time, as a region last saw them. */
    Future<List<KnownRelay>> enabledAfter(int afterId, int most, String region);

    /** One relay as a region last saw it, enabled or not. Completes with null if it is not known. */
    Future<@Nullable KnownRelay> find(RelayUrl relay, String region);

    /** How many relays are enabled. */
    Future<Integer> countEnabled();

    record Added(int added, int known) {}

    /** @param writeTestedAt when the region last tested its write, or null */
    record KnownRelay(
            int id,
            RelayUrl url,
            RelayState state,
            @Nullable Instant writeTestedAt) {}
}
