package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.ProbeRequest;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.queue.RetryPolicy.Decision;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The story of one claimed job: probe, sign, store, acknowledge, tell. */
public final class CheckJobHandler {
    private static final Logger log = LoggerFactory.getLogger(CheckJobHandler.class);

    /** On top of the timeouts of the checks, which end a probe long before: this bounds the loss of a reply. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration UNTIL_A_KEY_HOLDER_TAKES_IT = Duration.ofSeconds(5);

    private final Bus bus;
    private final KeyRing keys;
    private final ReportStore store;
    private final JobQueue queue;
    private final RecentResults recent;
    private final RetryPolicy retries;
    private final CheckFigures figures;
    private final RandomGenerator random;

    public CheckJobHandler(
            Bus bus,
            KeyRing keys,
            ReportStore store,
            JobQueue queue,
            RecentResults recent,
            RetryPolicy retries,
            CheckFigures figures,
            RandomGenerator random) {
        this.bus = bus;
        this.keys = keys;
        this.store = store;
        this.queue = queue;
        this.recent = recent;
        this.retries = retries;
        this.figures = figures;
        this.random = random;
    }

    /**
     * Completes when the job has left our hands: done, handed back, to be tried again, or buried. Fails only if the queue
     * could not be told; then the lease runs out and the job is reaped.
     */
    Future<Void> handle(Lease lease) {
        String key = lease.job().signingKey();
        if (key != null && keys.signer(key).isEmpty()) {
            return queue.defer(lease, UNTIL_A_KEY_HOLDER_TAKES_IT, "the worker does not hold the signing key")
                    .mapEmpty();
        }
        long claimed = System.nanoTime();
        return probe(lease.job())
                .compose(report -> store(lease.job(), report))
                .onSuccess(kept -> figures.stored(kept.stored().state(), Duration.ofNanos(System.nanoTime() - claimed)))
                .transform(kept -> kept.succeeded() ? finish(lease, kept.result()) : afterFault(lease, kept.cause()));
    }

    private record Kept(CheckReport report, Stored stored) {}

    private Future<CheckReport> probe(CheckJob job) {
        Duration patience = job.timeouts().values().stream().reduce(GRACE, Duration::plus);
        return bus.request(Messages.PROBE, new ProbeRequest(job), patience)
                .map(answer -> Objects.requireNonNull(answer.report()))
                .compose(CheckJobHandler::believed);
    }

    /** Silence that we may have been too busy to hear is our fault, not the relay's: the job is tried again. */
    private static Future<CheckReport> believed(CheckReport report) {
        return report.doubtful()
                ? Future.failedFuture(new TooBusyToTell(report.loopLag()))
                : Future.succeededFuture(report);
    }

    private Future<Kept> store(CheckJob job, CheckReport report) {
        Finding finding = new Finding(report, discoveryEvent(job, report), job.publishTo());
        return store.store(finding).map(stored -> new Kept(report, stored));
    }

    /** Nothing is said about what did not answer. */
    private @Nullable NostrEvent discoveryEvent(CheckJob job, CheckReport report) {
        String key = job.signingKey();
        if (key == null || !report.state().isUp()) {
            return null;
        }
        EventSigner signer = keys.signer(key).orElseThrow();
        return signer.sign(RelayDiscovery.of(report));
    }

    /** After the commit: a stale lease only means that somebody else finds the result stored already. */
    private Future<Void> finish(Lease lease, Kept kept) {
        tell(kept);
        return queue.ack(lease)
                .onSuccess(ours -> {
                    if (!ours) {
                        log.info(
                                "The lease on {} was lost before it was acknowledged",
                                lease.job().relay());
                    }
                })
                .mapEmpty();
    }

    /** Hints only: pages and the publisher find the same in PostgreSQL. */
    private void tell(Kept kept) {
        CheckReport report = kept.report();
        recent.add(report, kept.stored().state())
                .onFailure(e -> log.debug("A result was not cached: {}", e.toString()));
        bus.publish(
                Messages.CHECK_COMPLETED,
                new CheckCompleted(
                        report.relay().value(),
                        report.region(),
                        report.cycle(),
                        kept.stored().state().label(),
                        kept.stored().eventStored()));
    }

    /** Our own fault, never the relay's: that would be a report. */
    private Future<Void> afterFault(Lease lease, Throwable fault) {
        figures.fault();
        CheckJob job = lease.job();
        Decision decision = retries.after(job.attempt(), random);
        log.warn("Attempt {} of {} failed: {}", job.attempt(), job.relay(), fault.toString());
        if (decision instanceof Decision.RetryAfter retry) {
            return queue.retry(lease, retry.delay(), fault.toString()).mapEmpty();
        }
        return queue.bury(lease, fault.toString()).mapEmpty();
    }
}
