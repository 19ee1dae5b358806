package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.nostrmonitor.relay.CheckJob;

/** A queue for a test to listen in, or to answer otherwise here and there. */
public class ForwardingQueue implements JobQueue {
    private final JobQueue real;

    public ForwardingQueue(JobQueue real) {
        this.real = real;
    }

    @Override
    public Future<Integer> plan(List<CheckJob> jobs) {
        return real.plan(jobs);
    }

    @Override
    public Future<Void> seal(String region, Instant cycle) {
        return real.seal(region, cycle);
    }

    @Override
    public Future<Integer> drop(String region, Instant cycle) {
        return real.drop(region, cycle);
    }

    @Override
    public Future<List<Lease>> claim(Claim claim) {
        return real.claim(claim);
    }

    @Override
    public Future<List<Lease>> renew(List<Lease> leases, Duration lease) {
        return real.renew(leases, lease);
    }

    @Override
    public Future<Boolean> ack(Lease lease) {
        return real.ack(lease);
    }

    @Override
    public Future<Boolean> retry(Lease lease, Duration delay, String why) {
        return real.retry(lease, delay, why);
    }

    @Override
    public Future<Boolean> defer(Lease lease, Duration delay, String why) {
        return real.defer(lease, delay, why);
    }

    @Override
    public Future<Boolean> awaitTurn(Lease lease, Duration delay, String address) {
        return real.awaitTurn(lease, delay, address);
    }

    @Override
    public Future<Boolean> confirm(Lease lease, Duration delay, String why) {
        return real.confirm(lease, delay, why);
    }

    @Override
    public Future<Boolean> bury(Lease lease, String why) {
        return real.bury(lease, why);
    }

    @Override
    public Future<Integer> reap(String region, int maxAttempts) {
        return real.reap(region, maxAttempts);
    }
}
