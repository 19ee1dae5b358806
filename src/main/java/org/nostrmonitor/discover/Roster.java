package org.nostrmonitor.discover;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.MonitorNotes.Known;

/**
 * Who is listened to: 64 monitors at most, since a key costs nothing. A seat is kept by whoever goes on speaking. When all are
 * taken, a newcomer gets that of a monitor that has been silent for a day, or else of one that has said for an hour that it sees
 * relays and never announced itself (kind 10166): the one that has been silent longest.
 */
final class Roster {
    static final int SEATS = 64;
    private static final Duration SILENT = Duration.ofDays(1);
    private static final Duration UNANNOUNCED = Duration.ofHours(1);

    private final Map<String, Seat> seats = new HashMap<>();
    private int version;

    private static final class Seat {
        private final Instant taken;
        private Instant spoke;
        private boolean announced;

        Seat(Instant taken, Instant spoke, boolean announced) {
            this.taken = taken;
            this.spoke = spoke;
            this.announced = announced;
        }
    }

    /**
     * Seats those that are known already, announced ones and then those heard last first.
     *
     * @return those that there was no seat for
     */
    Set<String> seat(List<Known> known, Instant now) {
        Set<String> standing = new HashSet<>();
        known.stream()
                .sorted(Comparator.comparing(Known::announced)
                        .thenComparing(Known::lastSeen)
                        .reversed())
                .forEach(one -> {
                    if (seats.size() < SEATS) {
                        seats.put(one.pubkey(), new Seat(now, one.lastSeen(), one.announced()));
                        version++;
                    } else {
                        standing.add(one.pubkey());
                    }
                });
        return standing;
    }

    /** What came of a monitor that spoke. */
    enum Entry {
        SEATED,
        REFUSED
    }

    /** @param displaced who had to go for it, or null */
    record Admission(Entry entry, @Nullable String displaced) {
        private static final Admission SEATED = new Admission(Entry.SEATED, null);
        private static final Admission REFUSED = new Admission(Entry.REFUSED, null);

        boolean refused() {
            return entry == Entry.REFUSED;
        }
    }

    /** A monitor has said at this time that it sees a relay. */
    Admission spoke(String pubkey, Instant at, Instant now) {
        Instant spoke = at.isAfter(now) ? now : at;
        Seat seat = seats.get(pubkey);
        if (seat != null) {
            seat.spoke = spoke.isAfter(seat.spoke) ? spoke : seat.spoke;
            return Admission.SEATED;
        }
        if (seats.size() < SEATS) {
            take(pubkey, spoke, now);
            return Admission.SEATED;
        }
        Optional<String> free = toBeGivenUp(now);
        free.ifPresent(loser -> {
            seats.remove(loser);
            take(pubkey, spoke, now);
        });
        return free.map(loser -> new Admission(Entry.SEATED, loser)).orElse(Admission.REFUSED);
    }

    private void take(String pubkey, Instant spoke, Instant now) {
        seats.put(pubkey, new Seat(now, spoke, false));
        version++;
    }

    private Optional<String> toBeGivenUp(Instant now) {
        return longestSilent(seat -> seat.spoke.isBefore(now.minus(SILENT)))
                .or(() -> longestSilent(seat -> !seat.announced && seat.taken.isBefore(now.minus(UNANNOUNCED))));
    }

    private Optional<String> longestSilent(Predicate<Seat> wanted) {
        return seats.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .min(Comparator.comparing(entry -> entry.getValue().spoke))
                .map(Map.Entry::getKey);
    }

    /** It has announced itself. */
    void announced(String pubkey) {
        Seat seat = seats.get(pubkey);
        if (seat != null) {
            seat.announced = true;
        }
    }

    boolean has(String pubkey) {
        return seats.containsKey(pubkey);
    }

    /** All that are seated, in a fixed order. */
    List<String> seated() {
        return seats.keySet().stream().sorted().toList();
    }

    /** Another one whenever somebody took a seat. */
    int version() {
        return version;
    }
}
