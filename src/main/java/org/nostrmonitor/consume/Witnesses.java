package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Relays that this worker has lately reached itself, one of each host: whoever knows best whether our network works. Used on
 * one event loop.
 */
final class Witnesses {
    private static final int MOST = 64;
    private static final int A_ROUND = 8;

    /** Silent so often while others answered: it is not our network that keeps it from answering. */
    private static final int STRIKES = 3;

    private final long restNanos;
    private final Random random;
    private final Map<String, Witness> byHost = new LinkedHashMap<>();

    private static final class Witness {
        final RelayUrl relay;
        int strikes;
        boolean asked;
        long askedNanos;

        Witness(RelayUrl relay) {
            this.relay = relay;
        }
    }

    Witnesses(Duration rest, Random random) {
        this.restNanos = rest.toNanos();
        this.random = random;
    }

    /** It has answered. The newest take the place of those that did so longest ago. */
    void remember(RelayUrl relay) {
        Witness known = byHost.remove(relay.host());
        Witness witness = known == null ? new Witness(relay) : known;
        witness.strikes = 0;
        byHost.put(relay.host(), witness);
        if (byHost.size() > MOST) {
            byHost.remove(byHost.keySet().iterator().next());
        }
    }

    /** It is offline: it has nothing to say about our network. */
    void forget(RelayUrl relay) {
        byHost.remove(relay.host());
    }

    boolean isEmpty() {
        return byHost.isEmpty();
    }

    /** At most 8 by lot, and none that was asked a moment ago; none if all were. They count as asked from now on. */
    List<RelayUrl> choose(long nowNanos) {
        List<Witness> rested = new ArrayList<>(byHost.values());
        rested.removeIf(witness -> witness.asked && nowNanos - witness.askedNanos < restNanos);
        Collections.shuffle(rested, random);
        List<Witness> chosen = rested.subList(0, Math.min(A_ROUND, rested.size()));
        chosen.forEach(witness -> {
            witness.asked = true;
            witness.askedNanos = nowNanos;
        });
        return chosen.stream().map(witness -> witness.relay).toList();
    }

    /** What a whole round says of its witnesses. While nobody answers nobody is to blame. */
    void learn(WitnessRound round) {
        if (round.answered().isEmpty()) {
            return;
        }
        round.answered().forEach(relay -> strike(relay, -STRIKES));
        round.silent().forEach(relay -> strike(relay, 1));
    }

    private void strike(RelayUrl relay, int more) {
        @Nullable Witness witness = byHost.get(relay.host());
        if (witness != null) {
            witness.strikes = Math.max(0, witness.strikes + more);
            if (witness.strikes >= STRIKES) {
                byHost.remove(relay.host());
            }
        }
    }
}
