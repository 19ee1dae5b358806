package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;

/** The leases that this worker holds, kept alive while it is at them. Used on one event loop. */
final class LeaseKeeper {
    static final Duration LEASE = Duration.ofSeconds(30);

    private final JobQueue queue;
    private final Duration lease;
    private final Map<Long, Lease> held = new HashMap<>();

    LeaseKeeper(JobQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
    }

    Duration lease() {
        return lease;
    }

    void hold(Lease lease) {
        held.put(lease.fence(), lease);
    }

    void letGo(Lease lease) {
        held.remove(lease.fence());
    }

    int count() {
        return held.size();
    }

    List<Lease> all() {
        return new ArrayList<>(held.values());
    }

    /** Prolongs all of them. A lost one needs no care: its acknowledgement will be refused. */
    Future<Void> renew() {
        return held.isEmpty()
                ? Future.succeededFuture()
                : queue.renew(all(), lease).mapEmpty();
    }
}
