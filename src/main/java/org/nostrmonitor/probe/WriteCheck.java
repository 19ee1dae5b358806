package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.RelayMessage.Event;
import org.nostrmonitor.nostr.RelayMessage.Ok;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

/**
 * Publishes one ephemeral event of our own, and takes the relay's OK for the answer. The event is signed by the monitor's key
 * and says who asks, since it is someone else's relay.
 */
final class WriteCheck {
    /** Ephemeral (NIP-01), and not among those that others use. */
    static final int KIND = 22166;

    private static final Duration EXPIRES_AFTER = Duration.ofSeconds(60);
    private static final Duration ECHO_PATIENCE = Duration.ofMillis(500);
    private static final String SUBSCRIPTION = "write";
    private static final String CONTENT =
            "A NIP-66 relay monitor asks whether this relay accepts events. This one is ephemeral and expires in a minute.";

    private final RelayConnection connection;
    private final Authentication authentication;
    private final Findings findings;
    private final Deadline deadline;
    private final NostrEvent event;
    private boolean echoed;

    WriteCheck(
            RelayConnection connection,
            Authentication authentication,
            Findings findings,
            Duration patience,
            NostrEvent event) {
        this.connection = connection;
        this.authentication = authentication;
        this.findings = findings;
        this.deadline = Deadline.in(patience);
        this.event = event;
    }

    /** The event that is written: short-lived (NIP-40), with the relay's URL. */
    static NostrEvent event(EventSigner signer, RelayUrl relay, Instant now) {
        String expiration = Long.toString(now.plus(EXPIRES_AFTER).getEpochSecond());
        List<List<String>> tags = List.of(List.of("relay", relay.value()), List.of("expiration", expiration));
        return signer.sign(new EventTemplate(now.getEpochSecond(), KIND, tags, CONTENT));
    }

    /** Completes with the outcome; fails only for a fault of ours. */
    Future<Outcome> run() {
        listenForEcho();
        return publish()
                .compose(ok -> wantsAuthentication(ok) ? authenticated(ok) : Future.succeededFuture(ok))
                .compose(ok -> isAccepted(ok) ? accepted(ok.get()) : Future.succeededFuture(notAccepted(ok)))
                .onComplete(outcome -> connection.send(new ClientMessage.Close(SUBSCRIPTION)));
    }

    private void listenForEcho() {
        Filter ours = Filter.ANY
                .withKinds(List.of(KIND))
                .withAuthors(List.of(event.pubkey()))
                .withLimit(1);
        connection.send(new ClientMessage.Req(SUBSCRIPTION, List.of(ours)));
    }

    private Future<Optional<Ok>> publish() {
        long asked = System.nanoTime();
        Future<Optional<Ok>> reply = connection.ask(new ClientMessage.Event(event), deadline, this::okOrEcho);
        long sent = connection.sentNanos(asked);
        return reply.onSuccess(ok -> findings.took(
                Stage.WRITE, ok.isPresent() ? Timing.between(sent, connection.heardNanos()) : Timing.since(sent)));
    }

    private Optional<Ok> okOrEcho(RelayMessage message) {
        noteEcho(message);
        return message instanceof Ok ok && ok.eventId().equals(event.id()) ? Optional.of(ok) : Optional.empty();
    }

    private void noteEcho(RelayMessage message) {
        echoed |= message instanceof Event echo && echo.event().equals(event);
    }

    private static boolean wantsAuthentication(Optional<Ok> answer) {
        return answer.isPresent()
                && !answer.get().accepted()
                && Refusal.reason(answer.get().message()) == Reason.AUTH_REQUIRED;
    }

    private Future<Optional<Ok>> authenticated(Optional<Ok> refusal) {
        findings.observed(Requirement.WRITES, true);
        return authentication.attempt(deadline).compose(again -> again ? publish() : Future.succeededFuture(refusal));
    }

    private static boolean isAccepted(Optional<Ok> answer) {
        return answer.isPresent()
                && (answer.get().accepted() || Refusal.isDuplicate(answer.get().message()));
    }

    private Future<Outcome> accepted(Ok ok) {
        if (authentication.isAnonymous()) {
            findings.observed(Requirement.WRITES, false);
        }
        return echo().map(
                        ignored -> new Passed(Evidence.bounded((echoed ? "echoed; " : "not echoed; ") + ok.toJson())));
    }

    private Future<Optional<Boolean>> echo() {
        return echoed
                ? Future.succeededFuture(Optional.of(true))
                : connection.await(deadline.atMost(ECHO_PATIENCE), message -> {
                    noteEcho(message);
                    return echoed ? Optional.of(true) : Optional.empty();
                });
    }

    private Outcome notAccepted(Optional<Ok> answer) {
        if (answer.isEmpty()) {
            Failed silence = connection.unanswered(Stage.WRITE);
            String detail = silence.detail().isEmpty() ? connection.notice().orElse("") : silence.detail();
            return new Failed(silence.stage(), silence.reason(), Evidence.bounded(detail));
        }
        Refused refusal = Refusal.of(answer.get().message());
        observe(refusal.reason());
        return refusal;
    }

    /** {@code rate-limited}, {@code mute} and the like say nothing of the relay's policy. */
    private void observe(Reason reason) {
        switch (reason) {
            case AUTH_REQUIRED, RESTRICTED, REFUSED_BLOCKED -> findings.observed(Requirement.WRITES, true);
            case PAYMENT_REQUIRED -> {
                findings.observed(Requirement.WRITES, true);
                findings.observed(Requirement.PAYMENT, true);
            }
            case POW -> findings.observed(Requirement.POW, true);
            default -> {}
        }
    }
}
