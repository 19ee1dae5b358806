package org.nostrmonitor.probe;

import io.vertx.core.Future;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.probe.CapabilityReply.Answer;
import org.nostrmonitor.probe.CapabilityReply.No;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;

/**
 * NIP-70: a protected event of whom nobody has proved to be its author must be refused, while its twin without the mark was just
 * taken. Who has authenticated is its author, and may be let write it: then there is nothing to test.
 */
final class CapabilityOfProtection implements CapabilityTest {
    private final CapabilityTalk talk;
    private final TestEvents events;
    private final Authentication authentication;

    CapabilityOfProtection(CapabilityTalk talk, TestEvents events, Authentication authentication) {
        this.talk = talk;
        this.events = events;
        this.authentication = authentication;
    }

    @Override
    public int nip() {
        return 70;
    }

    @Override
    public Future<Capability> run() {
        if (authentication.isTried()) {
            return Future.succeededFuture(CapabilityReply.notTested("it knows that we are the event's author"));
        }
        NostrEvent event = events.protectedOne();
        return talk.ask(
                        new ClientMessage.Event(event),
                        event.id(),
                        message -> message instanceof RelayMessage.Ok ok
                                && ok.eventId().equals(event.id())
                                && ok.accepted())
                .map(CapabilityOfProtection::found);
    }

    private static Capability found(CapabilityReply reply) {
        if (reply instanceof Answer answer) {
            return CapabilityReply.found(Finding.REFUTED, answer.seen());
        }
        return reply instanceof No no && isBecauseOfTheMark(no.words())
                ? CapabilityReply.found(Finding.CONFIRMED, no.seen())
                : CapabilityReply.found(
                        Finding.NOT_TESTED, CapabilityReply.unanswered(reply).seen());
    }

    private static boolean isBecauseOfTheMark(String words) {
        return switch (Refusal.reason(words)) {
            case AUTH_REQUIRED, RESTRICTED, REFUSED_BLOCKED, INVALID, UNSUPPORTED, REFUSED -> !Refusal.isForNow(words);
            default -> false;
        };
    }
}
