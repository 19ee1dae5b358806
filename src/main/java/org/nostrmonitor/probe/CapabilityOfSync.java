package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.util.regex.Pattern;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.probe.CapabilityReply.Answer;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;

/** NIP-77: offers to compare two sets of events that are both empty. */
final class CapabilityOfSync implements CapabilityTest {
    private static final String SUBSCRIPTION = "sync";

    /** Version 1; one range up to infinity, as a list of ids, of which there are none. */
    private static final String EMPTY_SET = "61" + "0000" + "02" + "00";

    /** Of a relay that speaks version 1. */
    private static final Pattern VERSION_1 = Pattern.compile("61([0-9a-fA-F]{2})*");

    /** A single byte is how a relay says which other version it speaks. */
    private static final Pattern OTHER_VERSION = Pattern.compile("6[0-9a-fA-F]");

    private final RelayConnection connection;
    private final CapabilityTalk talk;

    CapabilityOfSync(RelayConnection connection, CapabilityTalk talk) {
        this.connection = connection;
        this.talk = talk;
    }

    @Override
    public int nip() {
        return 77;
    }

    @Override
    public Future<Capability> run() {
        return talk.askBeforeRequest(
                        new ClientMessage.NegOpen(SUBSCRIPTION, CapabilityTalk.nothing(), EMPTY_SET),
                        SUBSCRIPTION,
                        message -> message instanceof RelayMessage.NegMsg said
                                && said.subscription().equals(SUBSCRIPTION))
                .map(this::found);
    }

    private Capability found(CapabilityReply reply) {
        if (reply instanceof Answer answer && answer.message() instanceof RelayMessage.NegMsg said) {
            connection.send(new ClientMessage.NegClose(SUBSCRIPTION));
            return CapabilityReply.found(finding(said.message()), answer.seen());
        }
        return CapabilityReply.unanswered(reply);
    }

    private static Finding finding(String message) {
        if (VERSION_1.matcher(message).matches()) {
            return Finding.CONFIRMED;
        }
        return OTHER_VERSION.matcher(message).matches() ? Finding.NOT_TESTED : Finding.REFUTED;
    }
}
