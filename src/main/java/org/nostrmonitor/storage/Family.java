package org.nostrmonitor.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/**
 * The URLs of one relay.
 *
 * @param of the relay that this one is an alias of, or null
 * @param aliases of this one, by URL, at most 100
 * @param total how many there are
 */
public record Family(@Nullable Kin of, List<Kin> aliases, int total) {
    public static final Family ALONE = new Family(null, List.of(), 0);

    public Family {
        aliases = List.copyOf(aliases);
    }

    /** @param why what the two have in common, in words; {@code since} when that was seen first */
    public record Kin(RelayUrl url, String why, Instant since) {}
}
