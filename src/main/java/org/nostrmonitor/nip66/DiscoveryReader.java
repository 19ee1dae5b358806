package org.nostrmonitor.nip66;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;

/** Kind 30166 of other monitors: read leniently, since each writes it a little differently. */
public final class DiscoveryReader {
    /** What is longer is no round trip; it would be a date, or nonsense. */
    private static final long LONGEST_MS = 600_000;

    private static final int MOST_DIGITS = 20;

    private DiscoveryReader() {}

    /**
     * What it says, or nothing if its {@code d} is not the URL of a relay (NIP-66 allows a public key there). Whether the path is
     * empty or {@code /} makes no difference. A time that is not a positive number was not measured.
     */
    public static Optional<Sighting> read(NostrEvent event) {
        RelayUrl relay = relay(event);
        return relay == null
                ? Optional.empty()
                : Optional.of(new Sighting(
                        event.pubkey(),
                        relay,
                        Instant.ofEpochSecond(event.createdAt()),
                        milliseconds(event, "rtt-open"),
                        milliseconds(event, "rtt-read"),
                        milliseconds(event, "rtt-write")));
    }

    private static @Nullable RelayUrl relay(NostrEvent event) {
        try {
            return RelayUrl.parse(event.tag("d").orElse(""));
        } catch (InvalidRelayUrl e) {
            return null;
        }
    }

    private static @Nullable Duration milliseconds(NostrEvent event, String tag) {
        String text = event.tag(tag).orElse("");
        if (text.length() > MOST_DIGITS || !text.matches("[0-9]+(\\.[0-9]+)?")) {
            return null;
        }
        long rounded = Math.round(Double.parseDouble(text));
        return rounded < 1 || rounded > LONGEST_MS ? null : Duration.ofMillis(rounded);
    }
}
