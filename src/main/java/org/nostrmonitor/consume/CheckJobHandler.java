package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.bus.Messages.ProbeRequest;
import org.nostrmonitor.bus.Messages.Turn;
import org.nostrmonitor.bus.NoReply;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.queue.RetryPolicy.Decision;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.storage.ReportStore.EventMaker;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;
import org.nostrmonitor.storage.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The story of one claimed job: probe, doubt, confirm, sign, store, acknowledge, tell. */
final class CheckJobHandler {
    private static final Logger log = LoggerFactory.getLogger(CheckJobHandler.class);

    /** On top of the timeouts of the checks, which end a probe long before: this bounds the loss of a reply. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration UNTIL_A_KEY_HOLDER_TAKES_IT = Duration.ofSeconds(5);
    private static final Duration UNTIL_REPORTS_ARE_TAKEN = Duration.ofSeconds(10);

    private static final String OUR_NETWORK = "it failed while our own network is in doubt, so it is checked again";

    private final Bus bus;
    private final KeyRing keys;
    private final HeldReports reports;
    private final Settlement settlement;
    private final SelfDoubt doubt;
    private final Confirmation confirmation;
    private final Starts starts;
    private final RecentResults recent;
    private final RetryPolicy retries;
    private final CheckFigures figures;
    private final RandomGenerator random;

    CheckJobHandler(
            Bus bus,
            KeyRing keys,
            HeldReports reports,
            Settlement settlement,
            SelfDoubt doubt,
            Confirmation confirmation,
            Starts starts,
            RecentResults recent,
            RetryPolicy retries,
            CheckFigures figures,
            RandomGenerator random) {
        this.bus = bus;
        this.keys = keys;
        this.reports = reports;
        this.settlement = settlement;
        this.doubt = doubt;
        this.confirmation = confirmation;
        this.starts = starts;
        this.recent = recent;
        this.retries = retries;
        this.figures = figures;
        this.random = random;
    }

    /**
     * Completes when the job has left our hands: done, to be looked at again, handed back, to be tried again, or buried; or
     * when the queue could not be told for so long that it will take the job back by itself. Never fails.
     *
     * @param probed run when the probe has ended, which may be long before
     */
    Future<Void> handle(Lease lease, Runnable probed) {
        CheckJob job = lease.job();
        if (!canSign(job)) {
            return settlement.defer(lease, UNTIL_A_KEY_HOLDER_TAKES_IT, "the worker does not hold the signing key");
        }
        long claimed = System.nanoTime();
        return probe(job)
                .onComplete(ended -> probed.run())
                .compose(answer -> conclude(lease, answer, claimed))
                .recover(fault -> afterFault(lease, fault));
    }

    private boolean canSign(CheckJob job) {
        String key = job.signingKey();
        return key == null || keys.signer(key).isPresent();
    }

    private Future<ProbeAnswer> probe(CheckJob job) {
        Duration patience = job.timeouts().values().stream().reduce(GRACE, Duration::plus);
        return bus.request(Messages.PROBE, new ProbeRequest(job), patience);
    }

    private Future<Void> conclude(Lease lease, ProbeAnswer answer, long claimed) {
        Turn turn = answer.turn();
        if (turn != null) {
            return settlement.awaitTurn(lease, turn);
        }
        CheckReport report = Objects.requireNonNull(answer.report());
        starts.ended(report);
        if (report.doubtful()) {
            return Future.failedFuture(new TooBusyToTell(report.loopLag()));
        }
        if (!doubt.believes(lease.job(), report)) {
            return settlement.defer(lease, doubt.handBack(), OUR_NETWORK);
        }
        if (confirmation.isDue(lease.job(), report)) {
            return lookAgain(lease, report);
        }
        return store(lease.job(), report, claimed).compose(kept -> finish(lease, kept));
    }

    /** Nothing is stored: a relay that was up is not called down for one failure. */
    private Future<Void> lookAgain(Lease lease, CheckReport report) {
        confirmation.asked();
        return settlement.confirm(lease, confirmation.delay(), Confirmation.why(lease.job(), report));
    }

    private record Kept(CheckReport report, Stored stored) {}

    private Future<Kept> store(CheckJob job, CheckReport report, long claimed) {
        return reports.store(new Finding(report, discoveryEvent(job, report), job.publishTo()))
                .map(stored -> new Kept(report, stored))
                .onSuccess(kept -> {
                    confirmation.stored(job, report);
                    doubt.stored(report);
                    figures.stored(kept.stored().state(), Duration.ofNanos(System.nanoTime() - claimed));
                });
    }

    /** Nothing is said about what did not answer. */
    private @Nullable EventMaker discoveryEvent(CheckJob job, CheckReport report) {
        String key = job.signingKey();
        if (key == null || !report.state().isUp()) {
            return null;
        }
        EventSigner signer = keys.signer(key).orElseThrow();
        return known -> signer.sign(RelayDiscovery.of(report, known));
    }

    /** After the commit: a stale lease only means that somebody else finds the result stored already. */
    private Future<Void> finish(Lease lease, Kept kept) {
        tell(kept);
        return settlement.ack(lease);
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

    /** Our own fault, never the relay's: that would be a report. An outage costs no attempt, any other fault one. */
    private Future<Void> afterFault(Lease lease, Throwable fault) {
        if (fault instanceof StoreUnavailable || fault instanceof HeldReports.NoRoom) {
            figures.notHeld();
            long jitterMs = random.nextLong(UNTIL_REPORTS_ARE_TAKEN.toMillis());
            return settlement.defer(
                    lease, UNTIL_REPORTS_ARE_TAKEN.plusMillis(jitterMs), String.valueOf(fault.getMessage()));
        }
        figures.fault();
        CheckJob job = lease.job();
        Decision decision = retries.after(job.attempt(), random);
        String why = fault instanceof NoReply ? String.valueOf(fault.getMessage()) : fault.toString();
        log.warn("Attempt {} of {} failed: {}", job.attempt(), job.relay(), why);
        return decision instanceof Decision.RetryAfter retry
                ? settlement.retry(lease, retry.delay(), why)
                : settlement.bury(lease, why);
    }
}
