package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.OtherMonitors.Monitor;
import org.nostrmonitor.storage.OtherMonitors.Said;
import org.nostrmonitor.storage.OtherMonitors.Testimony;

/**
 * What the words of another monitor on a relay, or its silence, are worth. An event of kind 30166 is published only for a relay
 * that was found online (NIP-66). So silence says something only if the monitor has announced how often it looks, has published
 * this relay before, and goes on publishing others; and even then only that it did not publish it.
 */
public enum Hearing {
    /** It published within the last hour that the relay was open. */
    RECENT,
    /** Not within the last hour, but within its own cadence: one and a half times the frequency that it announced. */
    WITHIN_CADENCE,
    /** It published others since, and did not publish this one within its own cadence. */
    MISSED,
    /** It published it before, and has not announced how often it looks. */
    EARLIER,
    /** It publishes others; nothing of it on this one is known, and it may not know it. */
    NEVER,
    /** It has published nothing at all for more than an hour, and longer than its own cadence. */
    SILENT;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIVE = Duration.ofMinutes(2);

    /** @param asOf the moment until which all is known that was to be read */
    public static Hearing of(Said said, Instant asOf) {
        Monitor monitor = said.monitor();
        Sighting sighting = said.sighting();
        if (sighting != null && sighting.at().isAfter(asOf.minus(HOUR))) {
            return RECENT;
        }
        Duration cadence = cadence(monitor);
        Duration patience = cadence == null || cadence.compareTo(HOUR) < 0 ? HOUR : cadence;
        if (!monitor.lastSeen().isAfter(asOf.minus(patience))) {
            return SILENT;
        }
        if (sighting == null) {
            return NEVER;
        }
        if (cadence == null) {
            return EARLIER;
        }
        return sighting.at().isAfter(asOf.minus(cadence)) ? WITHIN_CADENCE : MISSED;
    }

    private static @Nullable Duration cadence(Monitor monitor) {
        Duration frequency = monitor.frequency();
        return frequency == null ? null : frequency.multipliedBy(3).dividedBy(2);
    }

    /** The moment to judge by: now, unless nobody reads any more; then when that was last done. Null if it never was. */
    public static @Nullable Instant asOf(Testimony testimony, Instant now) {
        Instant until = testimony.until();
        return until == null || until.isBefore(now.minus(LIVE)) ? until : now;
    }

    /** As the API has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
