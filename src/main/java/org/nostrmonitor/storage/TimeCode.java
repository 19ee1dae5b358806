package org.nostrmonitor.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time in one byte, for the history: 0 is none, else the number of a bucket. The 255 buckets reach from 0.1 ms to 60 s, each
 * 5.4 % wider than the one before, so that the middle of a bucket is within 2.7 % of every time in it. What is shorter or
 * longer is in the first or the last. PostgreSQL's {@code time_code} of the migrations is the same.
 */
final class TimeCode {
    static final int NONE = 0;
    static final int MOST = 255;

    private static final double SHORTEST_MICROS = 100;
    private static final double WIDTH = Math.log(600_000) / MOST;

    private static final Duration[] MIDDLES = middles();

    private TimeCode() {}

    private static Duration[] middles() {
        Duration[] middles = new Duration[MOST];
        for (int i = 0; i < MOST; i++) {
            middles[i] = Duration.ofNanos(Math.round(1000 * SHORTEST_MICROS * Math.exp((i + 0.5) * WIDTH)));
        }
        return middles;
    }

    static int of(@Nullable Duration time) {
        return time == null ? NONE : ofMicros(time.toNanos() / 1000);
    }

    static int ofMicros(long micros) {
        double bucket = Math.floor(Math.log(Math.max(1, micros) / SHORTEST_MICROS) / WIDTH) + 1;
        return (int) Math.max(1, Math.min(MOST, bucket));
    }

    /** The middle of its bucket. {@code code} is 1 to 255. */
    static Duration time(int code) {
        return MIDDLES[code - 1];
    }
}
