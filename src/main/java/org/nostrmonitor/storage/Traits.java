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
 * @param uptime share of the conclusive checks of seven days that were up, 0 to 1, up to an hour old
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
        @Nullable Double uptime,
        @Nullable String contact,
        List<Integer> nips,
        List<String> tags) {
    public static final Traits UNKNOWN =
            new Traits(null, null, null, null, null, null, null, null, null, List.of(), List.of());

    public Traits {
        nips = List.copyOf(nips);
        tags = List.copyOf(tags);
    }
}
