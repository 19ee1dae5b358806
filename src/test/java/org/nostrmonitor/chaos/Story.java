package org.nostrmonitor.chaos;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was heard of one job, by all workers together. Guarded by its {@link Ledger}. */
final class Story {
    /** @param nanos when it was heard */
    record Claim(String worker, long fence, long nanos) {}

    record Ack(boolean ours, long fence, long nanos) {}

    final List<Claim> claims = new ArrayList<>(1);
    final List<Ack> acks = new ArrayList<>(1);
    /** Fences of leases that were not prolonged. */
    final List<Long> losses = new ArrayList<>(0);

    int executions;
    int storedNew;
    /** When the first commit was heard of, or null. */
    @Nullable
    Long storedNanos;

    /** A lease with a higher fence was given out, by the end. */
    boolean isSuperseded(long fence) {
        return claims.stream().anyMatch(claim -> claim.fence() > fence);
    }

    boolean wasStoredBefore(long nanos) {
        Long stored = storedNanos;
        return stored != null && stored - nanos < 0;
    }

    /** The last claim is not this worker's: whatever it still says of the job comes too late. */
    boolean isAnothersThan(String worker) {
        return !claims.isEmpty() && !claims.get(claims.size() - 1).worker().equals(worker);
    }

    List<Ack> accepted() {
        return acks.stream().filter(Ack::ours).toList();
    }
}
