package org.nostrmonitor.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often each site may ask: the generic cell rate algorithm, one number a site. Used on one event loop. */
final class CallerRate {
    static final int SECONDS_AT_ONCE = 5;

    /** Of more, those that asked longest ago are forgotten, which have the most of their share back anyway. */
    static final int MOST_SITES = 10_000;

    private static final double NANOS = 1e9;

    private final long intervalNanos;
    private final long burstNanos;
    private final LongSupplier nanos;
    private final Map<String, Long> due = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_SITES;
        }
    };

    /** @param nanos monotonic */
    CallerRate(double perSecond, LongSupplier nanos) {
        this.intervalNanos = Math.max(1, (long) (NANOS / perSecond));
        this.burstNanos = Math.max(intervalNanos, (long) (SECONDS_AT_ONCE * NANOS));
        this.nanos = nanos;
    }

    /** Counts a request. Zero if it may pass, else how long its site has to wait before one may: it is not counted then. */
    Duration ask(String site) {
        long now = nanos.getAsLong();
        Long known = due.get(site);
        long ahead = known == null ? 0 : Math.max(0, known - now);
        long next = ahead + intervalNanos;
        if (next > burstNanos) {
            return Duration.ofNanos(next - burstNanos);
        }
        due.put(site, now + next);
        return Duration.ZERO;
    }

    /** How many sites are remembered. */
    int size() {
        return due.size();
    }
}
