package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.probe.CapabilityReply.Answer;
import org.nostrmonitor.probe.CapabilityReply.No;
import org.nostrmonitor.probe.CapabilityReply.Nothing;
import org.nostrmonitor.probe.CapabilityReply.Silence;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Stage;

/** Questions about capabilities, one at a time, on the connection that was read from and written to. */
final class CapabilityTalk {
    /** So many silences fit into the time there is. */
    private static final int SILENCES = 5;

    private static final int CONTROL_SILENCES = 8;
    private static final String CONTROL = "still-there";

    private final RelayConnection connection;
    private final Deadline deadline;
    private final Duration patience;
    private final Duration controlPatience;

    /** @param budget for all questions together */
    CapabilityTalk(RelayConnection connection, Duration budget) {
        this.connection = connection;
        this.deadline = Deadline.in(budget);
        this.patience = budget.dividedBy(SILENCES);
        this.controlPatience = budget.dividedBy(CONTROL_SILENCES);
    }

    /** Why nothing more can be asked; empty if it can. */
    Optional<String> whyOver() {
        if (connection.isOver()) {
            return Optional.of("the connection was over: " + end());
        }
        return deadline.left().isZero() ? Optional.of("no time was left") : Optional.empty();
    }

    /** A filter that finds nothing and costs a relay nothing: an id that nobody has. */
    static Filter nothing() {
        return Filter.ANY.withIds(List.of(random() + random())).withLimit(1);
    }

    /** 32 random hex digits. */
    static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * Asks for events.
     *
     * @param isAnswer what the NIP has for an answer, of which the first counts
     */
    Future<CapabilityReply> request(String subscription, Filter filter, Predicate<RelayMessage> isAnswer) {
        return ask(new ClientMessage.Req(subscription, List.of(filter)), subscription, isAnswer)
                .onComplete(reply -> connection.send(new ClientMessage.Close(subscription)));
    }

    /**
     * Asks something.
     *
     * @param id of the subscription or event that a no would name
     */
    Future<CapabilityReply> ask(ClientMessage question, String id, Predicate<RelayMessage> isAnswer) {
        connection.turnToAnother();
        return connection
                .ask(question, deadline.atMost(patience), message -> reply(message, id, isAnswer))
                .map(reply -> reply.orElseGet(this::nothingCame));
    }

    /**
     * The same for a question that not all relays know: if there is no answer, a REQ that costs nothing shows whether the
     * relay still answers. What comes late is still an answer.
     */
    Future<CapabilityReply> askBeforeRequest(ClientMessage question, String id, Predicate<RelayMessage> isAnswer) {
        return ask(question, id, isAnswer)
                .compose(reply -> reply instanceof Nothing && mayBeIgnored()
                        ? control(id, isAnswer)
                        : Future.succeededFuture(reply));
    }

    private boolean mayBeIgnored() {
        return !connection.isOver()
                && connection.notice().isEmpty()
                && !deadline.left().isZero();
    }

    private Future<CapabilityReply> control(String id, Predicate<RelayMessage> isAnswer) {
        return connection
                .ask(
                        new ClientMessage.Req(CONTROL, List.of(nothing())),
                        deadline.atMost(controlPatience),
                        message -> isAboutControl(message)
                                ? Optional.<CapabilityReply>of(new Silence())
                                : reply(message, id, isAnswer))
                .onComplete(reply -> connection.send(new ClientMessage.Close(CONTROL)))
                .map(reply -> reply.orElseGet(this::nothingCame));
    }

    private static boolean isAboutControl(RelayMessage message) {
        return message instanceof RelayMessage.Eose eose && eose.subscription().equals(CONTROL);
    }

    private Optional<CapabilityReply> reply(RelayMessage message, String id, Predicate<RelayMessage> isAnswer) {
        String seen = Evidence.bounded(connection.lastHeard());
        if (isAnswer.test(message)) {
            return Optional.of(new Answer(message, seen));
        }
        return refusal(message, id).map(words -> new No(words, seen));
    }

    /** A NOTICE names no question: only one that says "I do not know that" is taken for an answer to the last one. */
    private static Optional<String> refusal(RelayMessage message, String id) {
        if (message instanceof RelayMessage.Closed closed
                && closed.subscription().equals(id)) {
            return Optional.of(closed.message());
        }
        if (message instanceof RelayMessage.NegErr error && error.subscription().equals(id)) {
            return Optional.of(error.message());
        }
        if (message instanceof RelayMessage.Ok ok && ok.eventId().equals(id) && !ok.accepted()) {
            return Optional.of(ok.message());
        }
        return message instanceof RelayMessage.Notice notice && Refusal.isInability(notice.message())
                ? Optional.of(notice.message())
                : Optional.empty();
    }

    private Nothing nothingCame() {
        if (connection.isOver()) {
            return new Nothing("it ended the connection: " + end());
        }
        return new Nothing(connection.notice().map(words -> "NOTICE " + words).orElse("no answer"));
    }

    private String end() {
        Failed end = connection.unanswered(Stage.READ);
        return (end.reason().label() + " " + end.detail()).strip();
    }
}
