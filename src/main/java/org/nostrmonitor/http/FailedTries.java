package org.nostrmonitor.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each address gave a wrong token lately: after ten within a minute it has to wait for the end of that minute. */
final class FailedTries {
    static final int ALLOWED = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Who has more addresses than this may forget the oldest; a token of 16 characters is out of reach all the same. */
    private static final int MOST_ADDRESSES = 1_000;

    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    FailedTries(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(Instant since, int tries) {
        Instant until() {
            return since.plus(WINDOW);
        }
    }

    /** How long this address has to wait before it may try; zero if it need not. */
    synchronized Duration wait(String address) {
        Count count = current(address);
        return count == null || count.tries < ALLOWED
                ? Duration.ZERO
                : Duration.between(clock.instant(), count.until());
    }

    /** Counts a wrong token, and tells how many there were within this minute. */
    synchronized int failed(String address) {
        Count count = current(address);
        Count next = count == null
                ? new Count(clock.instant(), 1)
                : new Count(count.since, Math.min(count.tries + 1, ALLOWED));
        counts.put(address, next);
        forgetOldest();
        return next.tries;
    }

    /** How many addresses are remembered. */
    synchronized int size() {
        return counts.size();
    }

    private @Nullable Count current(String address) {
        Count count = counts.get(address);
        if (count == null || clock.instant().isBefore(count.until())) {
            return count;
        }
        counts.remove(address);
        return null;
    }

    private void forgetOldest() {
        Iterator<Count> oldest = counts.values().iterator();
        if (counts.size() > MOST_ADDRESSES) {
            oldest.next();
            oldest.remove();
        }
    }
}
