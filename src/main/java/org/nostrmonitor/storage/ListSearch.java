package org.nostrmonitor.storage;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.SortKey.Place;

/** The relays of a table that come first among those that match, and how many match. */
final class ListSearch {
    /** One of so many is looked at before all are. */
    private static final int SAMPLE = 64;

    private final DirectoryTable table;
    private final ListFilter filter;
    private final SortKey key;
    private final Comparator<Place> order;
    private @Nullable Place after;
    private int total;

    ListSearch(DirectoryTable table, ListFilter filter, SortKey key, boolean descending) {
        this.table = table;
        this.filter = filter;
        this.key = key;
        this.order = SortKey.order(descending);
    }

    /** A relay, by its place in the table, and where it stands in the list. */
    private record Candidate(int at, Place place) {}

    /** Only those that come after this; all are counted. */
    void after(Place place) {
        after = place;
    }

    /** The places in the table of the first ones, in their order. */
    int[] first(int most) {
        PriorityQueue<Candidate> few = new PriorityQueue<>(worstFirst());
        look(SAMPLE, most, null, few);
        // None that stands behind so many of the sample is among the first. Without this, a table that is sorted the
        // other way would have each of its relays put in its place, and the one before it taken out again.
        Place bound = few.size() == most ? few.element().place : null;
        PriorityQueue<Candidate> found = new PriorityQueue<>(worstFirst());
        total = look(1, most, bound, found);
        return found.stream()
                .sorted(worstFirst().reversed())
                .mapToInt(Candidate::at)
                .toArray();
    }

    /** All that match, after {@link #first}. */
    int total() {
        return total;
    }

    private Comparator<Candidate> worstFirst() {
        return Comparator.comparing(Candidate::place, order.reversed());
    }

    /** The number of those that match. */
    private int look(int step, int most, @Nullable Place bound, PriorityQueue<Candidate> found) {
        int matching = 0;
        for (int at = 0; at < table.size(); at += step) {
            if (!filter.fits(at)) {
                continue;
            }
            matching++;
            Place place = key.place(at, table.id(at));
            boolean isBefore = after != null && order.compare(place, after) <= 0;
            boolean isBehind = bound != null && order.compare(place, bound) > 0;
            if (isBefore || isBehind) {
                continue;
            }
            if (found.size() < most) {
                found.add(new Candidate(at, place));
            } else if (order.compare(place, found.element().place) < 0) {
                found.remove();
                found.add(new Candidate(at, place));
            }
        }
        return matching;
    }
}
