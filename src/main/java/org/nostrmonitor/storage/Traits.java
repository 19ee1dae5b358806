package org.nostrmonitor.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Requirement;

/**
 * What a list shows of a relay beside its state and times. What is not known is null or empty.
 *
 * @param country ISO 3166-1 alpha-2 of the address that was dialled last, null if that is in many places
 * @param asn the number of the autonomous system of that address
 * @param auth whether it asks for authentication: as seen, else as claimed; so {@code payment}, {@code pow} and
 *     {@code restricted}, which are the others of {@link Requirement}
 * @param uptime as it was when it was counted last, a minute ago with a thousand relays, a quarter of an hour with 100,000
 * @param nips claimed
 * @param tags claimed, in small letters
 */
public record Traits(
        @Nullable Instant addedAt,
        @Nullable String country,
        @Nullable Long asn,
        @Nullable Boolean auth,
        @Nullable Boolean payment,
        @Nullable Boolean pow,
        @Nullable Boolean restricted,
        Shares uptime,
        @Nullable String contact,
        List<Integer> nips,
        List<String> tags) {
    /**
     * How much it was up of the time of which that is known, over all regions, 0 to 1, rounded down to hundredths of a
     * percent; null if nothing is known. What uptime is, stands in {@code docs/probing.md}.
     *
     * @param day the last 24 hours
     * @param week the last seven times 24 hours
     * @param month the last 30 days of the calendar (UTC), today included as far as it went
     */
    public record Shares(
            @Nullable Double day,
            @Nullable Double week,
            @Nullable Double month) {
        public static final Shares NONE = new Shares(null, null, null);
    }

    public static final Traits UNKNOWN =
            new Traits(null, null, null, null, null, null, null, Shares.NONE, null, List.of(), List.of());

    public Traits {
        nips = List.copyOf(nips);
        tags = List.copyOf(tags);
    }
}
