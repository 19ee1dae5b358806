package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.RelayMessage.Closed;
import org.nostrmonitor.nostr.RelayMessage.Eose;
import org.nostrmonitor.nostr.RelayMessage.Event;
import org.nostrmonitor.nostr.RelayMessage.Notice;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

/**
 * Asks for one event. EVENT, EOSE and CLOSED decide, whichever is first; a challenge or a NOTICE alone shows a relay that is
 * alive, if nothing better comes. A relay that wants a key is shown one (NIP-42) and asked once more: when it says so, and when
 * it has sent a challenge and leaves the question unanswered for half of the time.
 */
final class ReadCheck {
    private static final Filter ONE_NOTE = Filter.ANY.withKinds(List.of(1)).withLimit(1);
    private static final String FIRST = "read";
    private static final String AGAIN = "read-again";

    /** One event was asked for. To verify a signature takes longer than to send one. */
    private static final int MAX_FORGED = 10;

    private final RelayConnection connection;
    private final Authentication authentication;
    private final Findings findings;
    private final Deadline deadline;
    /** When the question for each subscription went, of those that are still open. */
    private final Map<String, Long> asked = new LinkedHashMap<>();

    private String evidence = "";
    private @Nullable NostrEvent note;
    private int forged;
    /** An answer that came while we were busy with authentication. */
    private @Nullable RelayMessage late;

    ReadCheck(RelayConnection connection, Authentication authentication, Findings findings, Duration patience) {
        this.connection = connection;
        this.authentication = authentication;
        this.findings = findings;
        this.deadline = Deadline.in(patience);
    }

    /** Completes with the outcome; fails only for a fault of ours. */
    Future<Outcome> run() {
        return ask(FIRST, deadline.share(2))
                .compose(answer -> answer.isPresent() ? Future.succeededFuture(answer) : unansweredYet())
                .compose(answer -> wantsAuthentication(answer) ? authenticated(answer) : Future.succeededFuture(answer))
                .onSuccess(answer -> close())
                .map(this::outcome);
    }

    /** The note that was read, if one was. */
    Optional<NostrEvent> note() {
        return Optional.ofNullable(note);
    }

    /** Some relays that want a key say nothing at all until they have seen it; others are slow. */
    private Future<Optional<RelayMessage>> unansweredYet() {
        if (connection.isOver() || connection.challenge().isEmpty()) {
            return await(deadline);
        }
        return authentication
                .attempt(deadline, this::overhear)
                .compose(known -> known && late == null ? ask(AGAIN, deadline) : await(deadline));
    }

    private Future<Optional<RelayMessage>> authenticated(Optional<RelayMessage> refusal) {
        findings.observed(Requirement.AUTH, true);
        return authentication
                .attempt(deadline, message -> {})
                .compose(again -> again ? ask(AGAIN, deadline) : Future.succeededFuture(refusal));
    }

    private Future<Optional<RelayMessage>> ask(String subscription, Deadline until) {
        long before = System.nanoTime();
        connection.send(new ClientMessage.Req(subscription, List.of(ONE_NOTE)));
        asked.put(subscription, connection.sentNanos(before));
        return await(until);
    }

    /** A late "who are you?" is what we are just answering. */
    private void overhear(RelayMessage message) {
        if (message instanceof Closed closed) {
            asked.remove(closed.subscription());
        } else if (late == null && decides(message)) {
            late = message;
        }
    }

    /** A late answer to the first question is as good as one to the second. */
    private Future<Optional<RelayMessage>> await(Deadline until) {
        if (late != null) {
            return Future.succeededFuture(Optional.of(late));
        }
        return connection.await(
                until, message -> decides(message) ? Optional.of(message) : Optional.<RelayMessage>empty());
    }

    private boolean decides(RelayMessage message) {
        String subscription = subscription(message);
        if (message instanceof Notice notice) {
            return !authentication.isTried() && Refusal.reason(notice.message()) == Reason.AUTH_REQUIRED;
        }
        if (!asked.containsKey(subscription) || (message instanceof Event event && !genuine(event))) {
            return false;
        }
        boolean isOutdated = message instanceof Closed && subscription.equals(FIRST) && asked.containsKey(AGAIN);
        if (!isOutdated) {
            evidence = connection.lastHeard();
            took(subscription);
        }
        if (message instanceof Closed) {
            asked.remove(subscription);
        }
        return !isOutdated;
    }

    private static String subscription(RelayMessage message) {
        if (message instanceof Event event) {
            return event.subscription();
        }
        if (message instanceof Eose eose) {
            return eose.subscription();
        }
        return message instanceof Closed closed ? closed.subscription() : "";
    }

    private boolean genuine(Event event) {
        if (forged >= MAX_FORGED) {
            return false;
        }
        if (!Signatures.verify(event.event())) {
            forged++;
            connection.distrust(
                    "an event with a wrong id or signature: " + event.event().id());
            return false;
        }
        note = event.event();
        return true;
    }

    private void took(String subscription) {
        Long since = asked.get(subscription);
        if (since != null) {
            findings.took(Stage.READ, Timing.between(since, connection.heardNanos()));
        }
    }

    private void gaveUp() {
        Long since = asked.get(FIRST);
        if (since != null) {
            findings.took(Stage.READ, Timing.since(since));
        }
    }

    private static boolean wantsAuthentication(Optional<RelayMessage> answer) {
        return Refusal.reason(refusal(answer).orElse("")) == Reason.AUTH_REQUIRED;
    }

    private static Optional<String> refusal(Optional<RelayMessage> answer) {
        return answer.flatMap(message -> {
            if (message instanceof Closed closed) {
                return Optional.of(closed.message());
            }
            return message instanceof Notice notice ? Optional.of(notice.message()) : Optional.empty();
        });
    }

    /** What the relay has closed itself needs no CLOSE. */
    private void close() {
        asked.keySet().forEach(subscription -> connection.send(new ClientMessage.Close(subscription)));
    }

    private Outcome outcome(Optional<RelayMessage> answer) {
        if (answer.isEmpty()) {
            return withoutAnswer();
        }
        Optional<String> refusal = refusal(answer);
        if (refusal.isPresent()) {
            return Refusal.of(refusal.get());
        }
        observe(subscription(answer.get()));
        return new Passed(Evidence.bounded(evidence));
    }

    private void observe(String subscription) {
        if (!authentication.isTried()) {
            findings.observed(Requirement.AUTH, false);
        } else if (subscription.equals(AGAIN)) {
            findings.observed(Requirement.AUTH, true);
        }
    }

    private boolean isAlive() {
        Reason why = connection.unanswered(Stage.READ).reason();
        boolean decent = why == Reason.NO_REPLY || why == Reason.CLOSED;
        return decent
                && (connection.challenge().isPresent() || connection.notice().isPresent());
    }

    /** A challenge or a NOTICE alone is alive, but times nothing. */
    private Outcome withoutAnswer() {
        if (!isAlive()) {
            gaveUp();
            return connection.unanswered(Stage.READ);
        }
        return connection
                .notice()
                .<Outcome>map(Refusal::of)
                .orElseGet(() -> new Refused(Reason.AUTH_REQUIRED, "AUTH, and no answer to the REQ"));
    }
}
