package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nostrmonitor.nip66.TestKind;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProofOfWork;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.RelayMessage.Event;
import org.nostrmonitor.nostr.RelayMessage.Ok;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

/**
 * Publishes one ephemeral event of our own, and takes the relay's OK for the answer. It is sent again at most twice: once after
 * authentication (NIP-42) and once with proof of work (NIP-13), if the relay asks for them.
 */
final class WriteCheck {
    private static final Duration ECHO_PATIENCE = Duration.ofMillis(500);
    private static final String SUBSCRIPTION = "write";
    private static final String POW_LIMIT = "min_pow_difficulty";

    private final RelayConnection connection;
    private final Authentication authentication;
    private final Findings findings;
    private final Deadline deadline;
    private final TestEvents events;
    private NostrEvent event;
    private boolean echoed;
    /** Bits of work that were done. */
    private int mined;
    /** Why work that was asked for was not done. */
    private String notMined = "";

    WriteCheck(
            RelayConnection connection,
            Authentication authentication,
            Findings findings,
            Duration patience,
            TestEvents events) {
        this.connection = connection;
        this.authentication = authentication;
        this.findings = findings;
        this.deadline = Deadline.in(patience);
        this.events = events;
        this.event = events.plain();
    }

    /** Completes with the outcome; fails only for a fault of ours. */
    Future<Outcome> run() {
        connection.turnToAnother();
        listenForEcho();
        return publish()
                .compose(this::meetDemands)
                .compose(ok -> isAccepted(ok) ? accepted() : Future.succeededFuture(notAccepted(ok)))
                .onComplete(outcome -> connection.send(new ClientMessage.Close(SUBSCRIPTION)));
    }

    /** Whether the event was taken as it was, without work: then a refusal of its twin has to do with what differs. */
    boolean isTakenWithoutWork() {
        return mined == 0;
    }

    private void listenForEcho() {
        Filter ours = Filter.ANY
                .withKinds(List.of(TestKind.EPHEMERAL))
                .withAuthors(List.of(events.author()))
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

    /** Both at most once, in whichever order the relay asks: {@link Authentication} and {@code mined} remember. */
    private Future<Optional<Ok>> meetDemands(Optional<Ok> answer) {
        return switch (demand(answer)) {
            case AUTH_REQUIRED -> authenticated(answer);
            case POW -> worked(answer);
            default -> Future.succeededFuture(answer);
        };
    }

    private static Reason demand(Optional<Ok> answer) {
        return answer.filter(ok -> !ok.accepted())
                .map(ok -> Refusal.reason(ok.message()))
                .orElse(Reason.REFUSED);
    }

    private Future<Optional<Ok>> authenticated(Optional<Ok> refusal) {
        findings.observed(Requirement.WRITES, true);
        return authentication
                .attempt(deadline, this::noteEcho)
                .compose(again -> again ? publish().compose(this::meetDemands) : Future.succeededFuture(refusal));
    }

    private Future<Optional<Ok>> worked(Optional<Ok> refusal) {
        findings.observed(Requirement.POW, true);
        OptionalInt wanted = Refusal.bits(refusal.map(Ok::message).orElse(""));
        wanted.ifPresent(bits -> findings.limit(POW_LIMIT, bits));
        if (mined > 0 || wanted.isEmpty() || wanted.getAsInt() > Miner.MOST_BITS) {
            notMined = mined > 0
                    ? "; refused after " + mined + " bits of work"
                    : wanted.isEmpty() ? "" : "; we do not work for more than " + Miner.MOST_BITS + " bits";
            return Future.succeededFuture(refusal);
        }
        int bits = wanted.getAsInt();
        return events.mined(bits, deadline).compose(found -> {
            if (found.isEmpty()) {
                notMined = "; the work was not done in time";
                return Future.succeededFuture(refusal);
            }
            event = found.get();
            mined = bits;
            return publish().compose(this::meetDemands);
        });
    }

    private static boolean isAccepted(Optional<Ok> answer) {
        return answer.isPresent()
                && (answer.get().accepted() || Refusal.isDuplicate(answer.get().message()));
    }

    private Future<Outcome> accepted() {
        String ok = connection.lastHeard();
        observeAccepted();
        return echo().map(ignored -> {
            String seen =
                    (mined > 0 ? "after " + mined + " bits of work; " : "") + (echoed ? "echoed; " : "not echoed; ");
            return new Passed(Evidence.bounded(seen + ok));
        });
    }

    /** NIP-11 counts work and payment among what restricts writes: only who gave nothing has seen that nothing is needed. */
    private void observeAccepted() {
        boolean knowsUs = authentication.isTried();
        if (!knowsUs && mined == 0) {
            findings.observed(Requirement.WRITES, false);
            findings.observed(Requirement.PAYMENT, false);
        }
        if (ProofOfWork.of(event.id()) == 0) {
            findings.observed(Requirement.POW, false);
            findings.limit(POW_LIMIT, 0);
        }
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
        return new Refused(refusal.reason(), Evidence.bounded(refusal.said() + notMined));
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
