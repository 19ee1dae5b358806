package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Leadership;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this scheduler leads. PostgreSQL decides; between two answers it is believed for one lease from when the last one
 * was asked for, by this machine's monotonic clock, which is never longer than PostgreSQL holds the lease for us.
 */
final class LeaderElection {
    private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

    private final Leadership leadership;
    private final String holder;
    private final Duration lease;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Outages outages = new Outages();
    private volatile @Nullable Lead lead;
    private volatile boolean resigned;
    private Future<?> underWay = Future.succeededFuture();

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    LeaderElection(Leadership leadership, String holder, Duration lease, InstantSource clock, LongSupplier nanoTime) {
        this.leadership = leadership;
        this.holder = holder;
        this.lease = lease;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    private record Lead(long term, long untilNanos) {}

    /** The term that we lead in, or empty. Asks nobody. */
    OptionalLong term() {
        Lead now = lead;
        return now != null && nanoTime.getAsLong() - now.untilNanos < 0
                ? OptionalLong.of(now.term)
                : OptionalLong.empty();
    }

    boolean leads(long term) {
        OptionalLong now = term();
        return now.isPresent() && now.getAsLong() == term;
    }

    /** Takes the lead or keeps it, if possible. Completes when PostgreSQL has decided; fails if it did not answer. */
    Future<Void> stand() {
        if (resigned) {
            return Future.succeededFuture();
        }
        long asked = nanoTime.getAsLong();
        Future<Void> stood = leadership
                .hold(Leadership.SCHEDULER, holder, lease)
                .onFailure(e -> outages.failed(clock.instant()))
                .onSuccess(term -> decided(term, asked))
                .mapEmpty();
        underWay = stood;
        return stood;
    }

    private void decided(OptionalLong term, long asked) {
        outages.worked(clock.instant());
        boolean led = term().isPresent();
        lead = term.isPresent() && !resigned ? new Lead(term.getAsLong(), asked + lease.toNanos()) : null;
        if (!led && term.isPresent()) {
            log.info("This scheduler leads, in term {}", term.getAsLong());
        } else if (led && term.isEmpty()) {
            log.warn("Another scheduler leads now");
        }
    }

    /** Gives the lead up for good, so that the next scheduler need not wait. Completes when PostgreSQL knows. */
    Future<Void> resign() {
        resigned = true;
        lead = null;
        return underWay.transform(done -> leadership.resign(Leadership.SCHEDULER, holder));
    }

    /** When PostgreSQL did not answer us. */
    Outages outages() {
        return outages;
    }
}
