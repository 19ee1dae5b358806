package org.nostrmonitor.storage;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Relays in the order of their URLs, as numbers from 2 on: these are compared where they lie, and texts are not. */
final class UrlOrder {
    /** Between two relays there is room for a URL that none has. */
    private static final long STEP = 2;

    private Entry[] sorted = new Entry[0];

    private record Entry(String url, int relayId) {}

    /**
     * Sorts what is new into what is sorted already, leaves out what is no more, and numbers all.
     *
     * @param places of all relays that there are, by id
     * @param numbers where their numbers go, by place
     */
    void settle(Collection<Listed> added, Map<Integer, Integer> places, long[] numbers) {
        sorted = Stream.concat(Arrays.stream(sorted), added.stream().map(relay -> new Entry(relay.url(), relay.id())))
                .filter(entry -> places.containsKey(entry.relayId))
                .sorted(Comparator.comparing(Entry::url))
                .toArray(Entry[]::new);
        for (int i = 0; i < sorted.length; i++) {
            Integer place = places.get(sorted[i].relayId);
            if (place != null) {
                numbers[place] = STEP * (i + 1);
            }
        }
    }

    /** The number of the relay with this URL, or one between those of its neighbours. */
    long number(String url) {
        int first = 0;
        int end = sorted.length;
        while (first < end) {
            int middle = (first + end) >>> 1;
            int way = sorted[middle].url.compareTo(url);
            if (way == 0) {
                return STEP * (middle + 1);
            }
            if (way < 0) {
                first = middle + 1;
            } else {
                end = middle;
            }
        }
        return STEP * (first + 1) - 1;
    }
}
