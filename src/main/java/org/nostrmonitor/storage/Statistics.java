package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Count;

/**
 * What relays that are up have in common: now, and day by day. All of it was counted by the coordinator; nothing here counts.
 * What was not counted on a day cannot be told of it later.
 */
public interface Statistics {
    /** Where relays are and how long they take to open, as counted last; null if nobody has counted yet. */
    Future<@Nullable Shape> shape();

    /**
     * The values of a kind that were the most frequent on the last day of the span, over the days of it.
     *
     * @param first the first day (UTC); moved up so that there are at most 800 days
     * @param last included
     * @param most values, 1 to {@value #KEPT}
     */
    Future<Tallies> tallies(Kind kind, LocalDate first, LocalDate last, int most);

    /** So many values of a kind are kept of each day. */
    int KEPT = 50;

    /** So many days are told at most: of a longer span every second, third and so on, back from the last. */
    int MOST_DAYS = 200;

    /** What is counted by. In the database by number, which never changes. */
    enum Kind {
        /** As the documents of relays say. */
        SOFTWARE(1),
        /** Numbers of NIPs that the documents claim; a relay counts for each of its own. */
        NIP(2),
        /** Of the address that was dialled last, two letters. */
        COUNTRY(3),
        /** As {@link org.nostrmonitor.relay.Network}, by its label. */
        NETWORK(4),
        /** The number of the autonomous system of that address. */
        ASN(5);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * @param up relays that are up: of these are all the numbers, but for those of places
     * @param opens how many open in less than the first of {@link #OPEN_BOUNDS_MS}, in less than the second and so on, and the
     *     last in no less than any; together less than {@code up}, if the time of some is not known
     * @param countries the most frequent, at most 12
     * @param inCountry of how many the country is known; {@code differentCountries} in how many countries these are
     * @param places at most 2,000, those with the most relays that are up first
     * @param located of how many that are up the place is known
     */
    record Shape(
            Instant takenAt,
            int up,
            List<Integer> opens,
            List<Count> countries,
            int inCountry,
            int differentCountries,
            List<Place> places,
            int located) {
        /** Where the times to open are cut, in milliseconds. */
        public static final List<Integer> OPEN_BOUNDS_MS =
                List.of(25, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000);

        public Shape {
            opens = List.copyOf(opens);
            countries = List.copyOf(countries);
            places = List.copyOf(places);
        }
    }

    /**
     * The relays in a field of one degree by one.
     *
     * @param lat their middle, -90 to 90, and {@code lon} -180 to 180
     * @param relays all that were placed there, {@code up} those of them that are up
     */
    record Place(double lat, double lon, int relays, int up) {}

    /**
     * @param everyDays 1 if every day is told, 2 if every second is, …
     * @param days oldest first; those on which nobody counted are left out
     * @param series the values, the most frequent of the last day first
     */
    record Tallies(Kind kind, int everyDays, List<Day> days, List<Series> series) {
        public Tallies {
            days = List.copyOf(days);
            series = List.copyOf(series);
        }
    }

    /**
     * @param takenAt when it was counted last
     * @param up relays that were up
     * @param told those of them of which the kind was known
     * @param different how many values there were
     */
    record Day(LocalDate day, Instant takenAt, int up, int told, int different) {}

    /**
     * @param what the value
     * @param name of it, if it has another one; of an autonomous system
     * @param relays how many on each of the days; null where it was not among the {@value #KEPT} that were kept
     */
    record Series(String what, @Nullable String name, List<@Nullable Integer> relays) {
        public Series {
            relays = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(relays));
        }
    }
}
