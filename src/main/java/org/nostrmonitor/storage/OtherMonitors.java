package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;

/** What other monitors say, to be shown as what it is. At most some dozens of monitors. */
public interface OtherMonitors {
    /**
     * Another monitor, as it presents itself.
     *
     * @param frequency how often it says that it looks
     * @param announcedAt when it said that, or null if no announcement of it is known
     * @param firstSeen {@code created_at} of its first 30166 that was read here; {@code lastSeen} of the newest
     * @param relays how many of the relays known here it published in the last seven days, of which {@code recent} in the
     *     last hour; as of {@code countedAt}, zero before the first count
     */
    record Monitor(
            String pubkey,
            @Nullable String name,
            @Nullable Duration frequency,
            @Nullable String geohash,
            @Nullable Instant announcedAt,
            Instant firstSeen,
            Instant lastSeen,
            int relays,
            int recent,
            @Nullable Instant countedAt) {}

    /** @param sighting what it said last of the relay, or null if that is nothing in the last seven days */
    record Said(Monitor monitor, @Nullable Sighting sighting) {}

    /**
     * All monitors, the one heard last first.
     *
     * @param until until when all is known that was to be read; null if nothing was ever read
     * @param said without sightings, where no relay was asked for
     */
    record Testimony(@Nullable Instant until, List<Said> said) {
        public static final Testimony NONE = new Testimony(null, List.of());

        public Testimony {
            said = List.copyOf(said);
        }
    }

    Future<Testimony> all();

    /** What they said last of a relay; of one that is not known, nothing. */
    Future<Testimony> of(RelayUrl relay);
}
