package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.util.regex.Pattern;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.probe.CapabilityReply.Answer;
import org.nostrmonitor.probe.CapabilityReply.No;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;

/**
 * NIP-40: an event that has expired must be dropped, while its twin, which had not, was just taken. Only a refusal that
 * says so shows something: NIP-40 leaves ephemeral events out of what it asks of a relay's store, and good relays (strfry for one) let them
 * pass whatever their expiration. To refute it one would have to write an event that a relay without NIP-40 keeps for ever.
 */
final class CapabilityOfExpiry implements CapabilityTest {
    private static final Pattern EXPIRED = Pattern.compile("expir", Pattern.CASE_INSENSITIVE);

    private final CapabilityTalk talk;
    private final TestEvents events;

    CapabilityOfExpiry(CapabilityTalk talk, TestEvents events) {
        this.talk = talk;
        this.events = events;
    }

    @Override
    public int nip() {
        return 40;
    }

    @Override
    public Future<Capability> run() {
        NostrEvent event = events.expired();
        return talk.ask(
                        new ClientMessage.Event(event),
                        event.id(),
                        message -> message instanceof RelayMessage.Ok ok
                                && ok.eventId().equals(event.id())
                                && ok.accepted())
                .map(CapabilityOfExpiry::found);
    }

    private static Capability found(CapabilityReply reply) {
        if (reply instanceof No no && EXPIRED.matcher(no.words()).find() && !Refusal.isForNow(no.words())) {
            return CapabilityReply.found(Finding.CONFIRMED, no.seen());
        }
        return reply instanceof Answer answer
                ? CapabilityReply.notTested("took an expired event, which as an ephemeral one it may: " + answer.seen())
                : CapabilityReply.found(
                        Finding.NOT_TESTED, CapabilityReply.unanswered(reply).seen());
    }
}
