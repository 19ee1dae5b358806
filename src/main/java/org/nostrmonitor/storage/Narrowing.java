package org.nostrmonitor.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of a list that the pages do not have; null or empty asks for nothing. A relay of which the thing is not known
 * fulfils none.
 *
 * @param nips only relays that claim all of these
 * @param tags only relays that claim all of these
 * @param country ISO 3166-1 alpha-2, upper case
 * @param leastUptime 0 to 1, of the week of {@link Traits#uptime}
 * @param mostOpen the longest time to open
 * @param addedSince only relays that were added then or later
 */
public record Narrowing(
        List<Integer> nips,
        List<String> tags,
        @Nullable String country,
        @Nullable Long asn,
        @Nullable Boolean auth,
        @Nullable Boolean payment,
        @Nullable Boolean pow,
        @Nullable Boolean restricted,
        @Nullable Double leastUptime,
        @Nullable Duration mostOpen,
        @Nullable Instant addedSince,
        @Nullable Near near) {
    public static final Narrowing NONE =
            new Narrowing(List.of(), List.of(), null, null, null, null, null, null, null, null, null, null);

    public Narrowing {
        nips = List.copyOf(nips);
        tags = List.copyOf(tags);
    }
}
