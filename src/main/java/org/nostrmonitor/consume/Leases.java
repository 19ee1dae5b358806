package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;

/**
 * The leases that this worker holds, kept alive until the end of the job is known. Telling the queue needs no longer lease:
 * if that fails for longer than the lease lasts, the reaper gets the job, and no job is leased for ever. Used on one event
 * loop.
 *
 * <p>Told apart by identity: after Redis has lost its data, a new lease may equal one of before.
 */
final class Leases {
    private final JobQueue queue;
    private final Reachability redis;
    private final Duration length;
    private final Set<Lease> held = identitySet();
    private final Set<Lease> settling = identitySet();
    private final Set<Lease> lost = identitySet();
    private boolean renewing;

    /** @param length of a lease when it is claimed or renewed */
    Leases(JobQueue queue, Reachability redis, Duration length) {
        this.queue = queue;
        this.redis = redis;
        this.length = length;
    }

    private static Set<Lease> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    void hold(Lease lease) {
        held.add(lease);
    }

    /** Its end is known, and being told. */
    void settling(Lease lease) {
        settling.add(lease);
    }

    void letGo(Lease lease) {
        held.remove(lease);
        settling.remove(lease);
        lost.remove(lease);
    }

    Duration length() {
        return length;
    }

    int count() {
        return held.size();
    }

    /** Whether the queue said that it is somebody else's by now. */
    boolean isLost(Lease lease) {
        return lost.contains(lease);
    }

    /** Those whose job is still to be done. */
    List<Lease> unfinished() {
        return held.stream().filter(lease -> !settling.contains(lease)).toList();
    }

    /**
     * Prolongs those whose job is still to be done and which are still ours. Those that are not are remembered as lost:
     * nothing needs to be told of them. Completes when Redis has answered, or did not; then it is tried again at the next
     * time. Never fails.
     */
    Future<Void> renew() {
        List<Lease> ours =
                unfinished().stream().filter(lease -> !lost.contains(lease)).toList();
        if (renewing || ours.isEmpty()) {
            return Future.succeededFuture();
        }
        renewing = true;
        return Loop.here(queue.renew(ours, length))
                .onComplete(ended -> renewing = false)
                .onSuccess(renewed -> lose(ours, new HashSet<>(renewed)))
                .onSuccess(renewed -> redis.answered())
                .onFailure(redis::failed)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void lose(List<Lease> asked, Set<Lease> renewed) {
        asked.stream()
                .filter(lease -> held.contains(lease) && !renewed.contains(lease))
                .forEach(lost::add);
    }
}
