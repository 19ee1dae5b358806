package org.nostrmonitor.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When something did not answer, as far as we have seen: the last few times. Thread-safe. */
final class Outages {
    private static final int MOST = 16;

    private final Deque<Outage> past = new ArrayDeque<>();
    private @Nullable Instant lastWorked;
    private @Nullable Outage current;

    /**
     * A time without an answer.
     *
     * @param lastWorked the last answer before it; it began some time after that
     * @param from the first call in vain
     * @param until the first answer after it, or the last call in vain
     */
    record Outage(Instant lastWorked, Instant from, Instant until) {
        boolean covers(Instant moment) {
            return !moment.isBefore(lastWorked) && !moment.isAfter(until);
        }
    }

    synchronized void failed(Instant now) {
        Outage before = current;
        Instant known = lastWorked == null ? now : lastWorked;
        current = before == null ? new Outage(known, now, now) : new Outage(before.lastWorked, before.from, now);
    }

    synchronized void worked(Instant now) {
        lastWorked = now;
        Outage over = current;
        if (over != null) {
            past.addLast(new Outage(over.lastWorked, over.from, now));
            current = null;
            if (past.size() > MOST) {
                past.removeFirst();
            }
        }
    }

    /** The one that this moment falls into, if any. */
    synchronized Optional<Outage> at(Instant moment) {
        Outage now = current;
        if (now != null && now.covers(moment)) {
            return Optional.of(now);
        }
        return past.stream().filter(outage -> outage.covers(moment)).findFirst();
    }

    /** The one that goes on, if any. */
    synchronized Optional<Outage> current() {
        return Optional.ofNullable(current);
    }
}
