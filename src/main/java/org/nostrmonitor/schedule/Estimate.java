package org.nostrmonitor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How fast a cycle goes, and how long it will take yet, from what was left at each look of the last minute. Says nothing
 * where that would be a guess: too little seen, or no progress. Pure.
 */
final class Estimate {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration LEAST_SEEN = Duration.ofSeconds(10);
    private static final Duration APART = Duration.ofMillis(500);
    private static final int MOST = 130;
    private static final int FEWEST_DONE = 10;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, int remaining) {}

    /** What is left at a moment, not before the last. If it grew, jobs were planned again: what was seen before counts no more. */
    void saw(Instant at, int remaining) {
        Sample last = samples.peekLast();
        if (last != null && remaining > last.remaining) {
            samples.clear();
        } else if (last != null && last.at.plus(APART).isAfter(at)) {
            return;
        }
        samples.addLast(new Sample(at, remaining));
        while (samples.size() > MOST || samples.getFirst().at.plus(WINDOW).isBefore(at)) {
            samples.removeFirst();
        }
    }

    /** Jobs done a second, over the last minute or as far as was seen; zero if none, or if too little was seen. */
    double perSecond() {
        Sample first = samples.peekFirst();
        Sample last = samples.peekLast();
        if (first == null || last == null) {
            return 0;
        }
        Duration seen = Duration.between(first.at, last.at);
        boolean isEnough = seen.compareTo(LEAST_SEEN) >= 0;
        return isEnough ? (first.remaining - last.remaining) * 1000.0 / seen.toMillis() : 0;
    }

    /** Seconds until nothing is left at this pace, or null if that cannot be told. */
    @Nullable
    Long leftSeconds() {
        Sample first = samples.peekFirst();
        Sample last = samples.peekLast();
        double pace = perSecond();
        if (first == null || last == null || pace <= 0 || first.remaining - last.remaining < FEWEST_DONE) {
            return null;
        }
        return (long) Math.ceil(last.remaining / pace);
    }
}
