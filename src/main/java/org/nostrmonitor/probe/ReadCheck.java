package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.RelayMessage.Closed;
import org.nostrmonitor.nostr.RelayMessage.Eose;
import org.nostrmonitor.nostr.RelayMessage.Event;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

/**
 * Asks for one event. EVENT, EOSE and CLOSED decide, whichever is first; a challenge or a NOTICE alone shows a relay that is
 * alive, if nothing better comes.
 */
final class ReadCheck {
    private static final Filter ONE_NOTE = Filter.ANY.withKinds(List.of(1)).withLimit(1);

    private final RelayConnection connection;
    private final Authentication authentication;
    private final Findings findings;
    private final Deadline deadline;

    ReadCheck(RelayConnection connection, Authentication authentication, Findings findings, Duration patience) {
        this.connection = connection;
        this.authentication = authentication;
        this.findings = findings;
        this.deadline = Deadline.in(patience);
    }

    /** Completes with the outcome; fails only for a fault of ours. */
    Future<Outcome> run() {
        return request("read")
                .compose(answer -> wantsAuthentication(answer) ? authenticated(answer) : Future.succeededFuture(answer))
                .map(this::outcome);
    }

    private Future<Optional<RelayMessage>> authenticated(Optional<RelayMessage> refusal) {
        findings.observed(Requirement.AUTH, true);
        return authentication
                .attempt(deadline)
                .compose(again -> again ? request("read-again") : Future.succeededFuture(refusal));
    }

    private Future<Optional<RelayMessage>> request(String subscription) {
        ClientMessage.Req question = new ClientMessage.Req(subscription, List.of(ONE_NOTE));
        long asked = System.nanoTime();
        Future<Optional<RelayMessage>> reply =
                connection.ask(question, deadline, message -> decisive(subscription, message));
        long sent = connection.sentNanos(asked);
        return reply.onSuccess(answer -> took(answer, sent))
                .onComplete(answer -> connection.send(new ClientMessage.Close(subscription)));
    }

    private Optional<RelayMessage> decisive(String subscription, RelayMessage message) {
        return decides(subscription, message) ? Optional.of(message) : Optional.empty();
    }

    private boolean decides(String subscription, RelayMessage message) {
        if (message instanceof Event event) {
            return event.subscription().equals(subscription) && genuine(event);
        }
        if (message instanceof Eose eose) {
            return eose.subscription().equals(subscription);
        }
        return message instanceof Closed closed && closed.subscription().equals(subscription);
    }

    private boolean genuine(Event event) {
        if (Signatures.verify(event.event())) {
            return true;
        }
        connection.distrust(
                "an event with a wrong id or signature: " + event.event().id());
        return false;
    }

    private static boolean wantsAuthentication(Optional<RelayMessage> answer) {
        return answer.isPresent()
                && answer.get() instanceof Closed closed
                && Refusal.reason(closed.message()) == Reason.AUTH_REQUIRED;
    }

    /** A challenge or a NOTICE alone is alive, but times nothing. */
    private void took(Optional<RelayMessage> answer, long sent) {
        if (answer.isPresent()) {
            findings.took(Stage.READ, Timing.between(sent, connection.heardNanos()));
        } else if (!isAlive()) {
            findings.took(Stage.READ, sent);
        }
    }

    private Outcome outcome(Optional<RelayMessage> answer) {
        if (answer.isEmpty()) {
            return withoutAnswer();
        }
        if (answer.get() instanceof Closed closed) {
            return Refusal.of(closed.message());
        }
        if (authentication.isAnonymous()) {
            findings.observed(Requirement.AUTH, false);
        }
        return new Passed(Evidence.bounded(answer.get().toJson()));
    }

    private boolean isAlive() {
        Reason why = connection.unanswered(Stage.READ).reason();
        boolean decent = why == Reason.NO_REPLY || why == Reason.CLOSED;
        return decent
                && (connection.challenge().isPresent() || connection.notice().isPresent());
    }

    private Outcome withoutAnswer() {
        if (!isAlive()) {
            return connection.unanswered(Stage.READ);
        }
        return connection
                .notice()
                .<Outcome>map(Refusal::of)
                .orElseGet(() -> new Refused(Reason.AUTH_REQUIRED, "AUTH, and no answer to the REQ"));
    }
}
