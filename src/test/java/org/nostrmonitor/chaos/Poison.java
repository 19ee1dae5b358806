package org.nostrmonitor.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** Jobs that kill whoever works on them. */
final class Poison {
    static final int ATTEMPTS = RetryPolicy.DEFAULT.maxAttempts();

    private final Operator operator;
    private final String publicKey;
    private int count;

    Poison(Operator operator, String publicKey) {
        this.operator = operator;
        this.publicKey = publicKey;
    }

    /** The id of another one. */
    String next() {
        return operator.newCycle() + " wss://" + MadeUpProbes.POISON + "-" + ++count + ".example/";
    }

    CheckJob job(String id) {
        return new CheckJob(
                RelayUrl.of(id.substring(id.indexOf(' ') + 1)),
                ChildSettings.REGION,
                Instant.ofEpochSecond(Ledger.cycleOf(id)),
                Set.of(CheckType.OPEN),
                Map.of(CheckType.OPEN, Duration.ofSeconds(10)),
                publicKey,
                List.of(),
                Priority.ON_DEMAND,
                1);
    }

    int count() {
        return count;
    }
}
