package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.bus.NoReply;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Result;

/** What changes something, for API and pages alike. Each action is one line of the log, whatever came of it. */
final class AdminActions {
    private static final int MOST_RESULTS = 100;
    private static final int LOOK_AGAIN_MS = 400;

    /** All letters may be ten thousand, put back in batches. Below the time after which the connection counts as idle. */
    private static final int PATIENCE_SECONDS = 20;

    private static final Duration PATIENCE_FOR_A_SCHEDULER = Duration.ofSeconds(5);

    private final Sources sources;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Audit audit;
    private final AdminChanges changes;

    AdminActions(Vertx vertx, Sources sources, InstantSource clock) {
        this.vertx = vertx;
        this.sources = sources;
        this.clock = clock;
        this.audit = new Audit(sources.administration(), clock);
        this.changes = new AdminChanges(sources, audit);
    }

    /** What is changed in PostgreSQL. */
    AdminChanges changes() {
        return changes;
    }

    /** Puts dead letters back into the queue. Completes with how many; fails with {@link Unavailable}. */
    Future<Integer> retry(LetterChoice choice, String from) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return letters(
                "retry",
                choice,
                from,
                () -> choice.all()
                        ? sources.deadLetters().retryAll(choice.region(), now)
                        : sources.deadLetters().retry(choice.region(), choice.ids(), now));
    }

    /** Forgets dead letters. Completes with how many; fails with {@link Unavailable}. */
    Future<Integer> drop(LetterChoice choice, String from) {
        return letters(
                "drop",
                choice,
                from,
                () -> choice.all()
                        ? sources.deadLetters().dropAll(choice.region())
                        : sources.deadLetters().drop(choice.region(), choice.ids()));
    }

    private Future<Integer> letters(String what, LetterChoice choice, String from, Supplier<Future<Integer>> action) {
        Future<Integer> done =
                Future.succeededFuture().compose(go -> action.get()).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return audit.of(from, what, choice.words(), done, n -> n + " done")
                .recover(e -> Future.failedFuture(new Unavailable(
                        "Redis did not answer in time. Some of it may be done all the same: look again.", e)));
    }

    /**
     * Asks a scheduler for a check now. Completes with at least one ticket; fails with {@link Unknown} if the relay is not
     * checked here, {@link Conflict} if there is no worker to make the check, {@link Unavailable} if no scheduler answers.
     *
     * @param region where to check from, or null for all regions that have workers
     */
    Future<List<Ticket>> check(RelayUrl relay, @Nullable String region, String from) {
        Future<List<Ticket>> asked = sources.bus()
                .request(Messages.CHECK_REQUESTED, new CheckRequest(relay.value(), region), PATIENCE_FOR_A_SCHEDULER)
                .recover(failure -> Future.failedFuture(noScheduler(failure)))
                .compose(answer -> tickets(relay, region, answer));
        return audit.of(from, "check now", relay.value(), asked, tickets -> tickets.size() + " queued");
    }

    /** The results of these tickets, as far as they are there when the time is up, or as soon as all are. */
    Future<List<Result>> results(RelayUrl relay, List<Ticket> tickets, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        return patience.isZero() ? Future.succeededFuture(List.of()) : results(relay, tickets, until);
    }

    private Future<List<Result>> results(RelayUrl relay, List<Ticket> tickets, long until) {
        return Within.postgres("the results", sources.views().results(relay, null, null, MOST_RESULTS))
                .compose(newest -> {
                    List<Result> found = newest.stream()
                            .filter(result -> tickets.contains(new Ticket(result.region(), result.cycle())))
                            .toList();
                    return found.size() >= tickets.size() || System.nanoTime() - until > 0
                            ? Future.succeededFuture(found)
                            : vertx.timer(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)
                                    .compose(later -> results(relay, tickets, until));
                });
    }

    private static Unavailable noScheduler(Throwable failure) {
        boolean answered = failure instanceof NoReply reply && reply.wasServed();
        return new Unavailable(
                answered
                        ? "The scheduler could not put the check into the queue now."
                        : "No scheduler answers, so nobody can put the check into the queue.",
                failure);
    }

    private static Future<List<Ticket>> tickets(RelayUrl relay, @Nullable String region, CheckRequested answer) {
        if (!answer.known()) {
            return Future.failedFuture(Unknown.relay(relay));
        }
        if (answer.tickets().isEmpty()) {
            return Future.failedFuture(new Conflict(
                    region == null
                            ? "No region has a worker, so there is nobody to make the check."
                            : "No worker is seen in " + region + ", so there is nobody to make the check."));
        }
        return Future.succeededFuture(answer.tickets());
    }
}
