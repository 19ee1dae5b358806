package org.nostrmonitor.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How values are put to the scripts. */
final class Arguments {
    private static final int MOST_REASON_CHARACTERS = 200;

    private Arguments() {}

    static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    static String bounded(String why) {
        return why.length() <= MOST_REASON_CHARACTERS ? why : why.substring(0, MOST_REASON_CHARACTERS);
    }

    /** What a lease shows to be let through. */
    static List<String> proof(Lease lease) {
        return List.of(Names.of(lease.job()), lease.owner(), String.valueOf(lease.fence()));
    }

    static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return batches;
    }

    static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
