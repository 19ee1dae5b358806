package org.nostrmonitor.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which behaviours a network of some size has: each at least once where there is room, the rest by their shares. */
final class RelayMix {
    /** From here on there is room for the common ones. */
    static final int ROOM_FOR_COMMON = 20;

    /** From here on there is room for all. */
    static final int ROOM_FOR_ALL = 100;

    private RelayMix() {}

    /** How many of each; the sum is {@code relays}. Depends on nothing else. */
    static Map<Behaviour, Integer> counts(int relays) {
        Behaviour[] all = Behaviour.values();
        int total = sumOfShares();
        Map<Behaviour, Integer> counts = new EnumMap<>(Behaviour.class);
        int rest = relays;
        for (Behaviour behaviour : all) {
            int given = relays >= (behaviour.isRare() ? ROOM_FOR_ALL : ROOM_FOR_COMMON) ? 1 : 0;
            int count = Math.max(given, (int) ((long) relays * behaviour.share() / total));
            counts.put(behaviour, count);
            rest -= count;
        }
        counts.merge(Behaviour.HEALTHY, rest, Integer::sum);
        takeWhatHealthyLacks(counts);
        return counts;
    }

    /** In small networks the ones given to the rare behaviours are taken from the most common ones. */
    private static void takeWhatHealthyLacks(Map<Behaviour, Integer> counts) {
        while (counts.getOrDefault(Behaviour.HEALTHY, 0) < 1 && Collections.max(counts.values()) > 1) {
            Behaviour most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue())
                    .getKey();
            counts.merge(most, -1, Integer::sum);
            counts.merge(Behaviour.HEALTHY, 1, Integer::sum);
        }
    }

    private static int sumOfShares() {
        int sum = 0;
        for (Behaviour behaviour : Behaviour.values()) {
            sum += behaviour.share();
        }
        return sum;
    }

    /** The counted behaviours in an order that the seed decides. */
    static List<Behaviour> shuffled(int relays, long seed) {
        List<Behaviour> mix = new ArrayList<>(relays);
        counts(relays).forEach((behaviour, count) -> mix.addAll(Collections.nCopies(count, behaviour)));
        Collections.shuffle(mix, new Random(seed));
        return mix;
    }
}
