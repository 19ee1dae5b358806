package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.Family.Kin;

/**
 * The other URLs of a relay.
 *
 * @param of the relay that this one is an alias of, or null
 * @param aliases of this one
 * @param more how many aliases there are beyond those, in words, or null
 */
public record KinPanel(
        @Nullable Row of, List<Row> aliases, @Nullable String more) {

    public record Row(Address address, Said why, When since) {
        static Row of(Kin kin, Instant now) {
            return new Row(Address.of(kin.url()), Said.of(kin.why()), When.of(kin.since(), now));
        }
    }

    static KinPanel of(Family family, Instant now) {
        Kin of = family.of();
        int more = family.total() - family.aliases().size();
        return new KinPanel(
                of == null ? null : Row.of(of, now),
                family.aliases().stream().map(kin -> Row.of(kin, now)).toList(),
                more <= 0 ? null : Numbers.count(more) + " more");
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return of == null && aliases.isEmpty();
    }
}
